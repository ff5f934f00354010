package io.geartrain.spi;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Keeps the files of checkpoints. A file is there as a whole or not at all, and never changes.
 * Names of applications, checkpoints and files are of letters, digits and {@code . _ -}, and don't
 * begin with a dot. Thread-safe; calls may block.
 */
@ConsumerType
public interface CheckpointStore {
  /** Begins a file; nobody sees it before {@link Upload#complete}. */
  Upload create(String application, String checkpoint, String file) throws IOException;

  /**
   * Opens a file for reading.
   *
   * @throws java.nio.file.NoSuchFileException if it is not there
   */
  StoredFile open(String application, String checkpoint, String file) throws IOException;

  /** Names of the checkpoints of which there is any file, sorted. */
  List<String> list(String application) throws IOException;

  /** Names of the applications of which there is any checkpoint, sorted. */
  List<String> applications() throws IOException;

  /** Deletes a checkpoint with all of its files; nothing happens if there is none. */
  void delete(String application, String checkpoint) throws IOException;

  /** A file being written, by one thread. Closed before it is complete, it leaves no trace. */
  interface Upload extends Closeable {
    /** Appends. */
    void write(byte[] bytes, int offset, int length) throws IOException;

    /**
     * Makes the file durable, reads it back, compares, and makes it visible.
     *
     * @throws IOException if any of that fails; the file isn't there then
     */
    Receipt complete() throws IOException;
  }

  /** A file to read from any position, by one thread. */
  interface StoredFile extends Closeable {
    /** How it is named in messages. */
    String name();

    /** How many bytes it has. */
    long length();

    /**
     * Reads exactly so many bytes.
     *
     * @throws java.io.EOFException if the file has fewer
     */
    void read(long position, byte[] target, int offset, int length) throws IOException;
  }

  /**
   * What was stored.
   *
   * @param file its name
   * @param length in bytes
   * @param crc32c of all its bytes
   */
  record Receipt(String file, long length, int crc32c) {}
}
