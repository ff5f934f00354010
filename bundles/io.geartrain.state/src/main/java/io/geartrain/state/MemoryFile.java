package io.geartrain.state;

import io.geartrain.spi.CheckpointStore;
import io.geartrain.spi.Output;
import java.io.EOFException;

/** A small file that lives in a manifest instead of the store. Used by one thread at a time. */
public final class MemoryFile implements CheckpointStore.Upload {
  private final String name;
  private final Output out = new Output();

  /** An empty file. */
  public MemoryFile(String name) {
    this.name = name;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    out.writeBytes(bytes, offset, length);
  }

  @Override
  public CheckpointStore.Receipt complete() {
    return new CheckpointStore.Receipt(
        name, out.size(), SnapshotFile.crc(out.array(), 0, out.size()));
  }

  /** What was written. */
  public byte[] bytes() {
    return out.toByteArray();
  }

  @Override
  public void close() {
    // nothing to release
  }

  /** A file that has these bytes. */
  public static CheckpointStore.StoredFile open(String name, byte[] bytes) {
    return new CheckpointStore.StoredFile() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public long length() {
        return bytes.length;
      }

      @Override
      public void read(long position, byte[] target, int offset, int length) throws EOFException {
        if (position < 0 || length > bytes.length - position) {
          throw new EOFException(name + " has but " + bytes.length + " bytes");
        }
        System.arraycopy(bytes, (int) position, target, offset, length);
      }

      @Override
      public void close() {
        // nothing to release
      }
    };
  }
}
