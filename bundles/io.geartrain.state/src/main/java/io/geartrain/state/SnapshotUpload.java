package io.geartrain.state;

import io.geartrain.spi.CheckpointStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Carries the blocks of one task's snapshot from the task's thread to the store. The task calls
 * {@link #sink}, {@link #finish} and {@link #abort} and is never blocked; an executor that may
 * block does the rest, one piece after the other.
 */
public final class SnapshotUpload {
  /** Files up to this size become part of the manifest. */
  public static final int INLINE_BYTES = 16 * 1024;

  /** Learns how it ended, exactly once unless it is aborted; on the executor. */
  public interface Listener {
    /** The snapshot is durable, or part of what is handed over. */
    void onStored(Manifest.TaskFile file);

    /** The snapshot could not be stored; nothing of it is left. */
    void onFailed(Exception problem);
  }

  private record Piece(String step, String state, int keyGroup, int entries, byte[] bytes) {}

  private static final Piece ABORT = new Piece(null, null, 0, 0, null);

  private final CheckpointStore store;
  private final SnapshotFile.Header header;
  private final String file;
  private final Executor executor;
  private final Listener listener;
  private final Queue<Piece> queue = new ConcurrentLinkedQueue<>();
  private final AtomicInteger queued = new AtomicInteger();
  private final AtomicLong queuedBytes = new AtomicLong();

  /** What has come so far while it may still become part of the manifest; then null. */
  private List<Piece> held = new ArrayList<>();

  private int heldBytes;
  private final TreeSet<String> steps = new TreeSet<>();
  private SnapshotWriter writer;
  private boolean over;

  /**
   * An upload.
   *
   * @param file name of the file within the checkpoint
   */
  public SnapshotUpload(
      CheckpointStore store,
      SnapshotFile.Header header,
      String file,
      Executor executor,
      Listener listener) {
    this.store = Objects.requireNonNull(store, "store");
    this.header = Objects.requireNonNull(header, "header");
    this.file = Objects.requireNonNull(file, "file");
    this.executor = Objects.requireNonNull(executor, "executor");
    this.listener = Objects.requireNonNull(listener, "listener");
  }

  /** Where the blocks of a step go. */
  public SnapshotSink sink(String step) {
    Objects.requireNonNull(step, "step");
    return (state, keyGroup, entries, bytes) ->
        offer(new Piece(step, state, keyGroup, entries, bytes));
  }

  /** How many bytes wait to be written; a task with much of it may put off its next step. */
  public long queuedBytes() {
    return queuedBytes.get();
  }

  /**
   * All blocks were given.
   *
   * @param types for {@link SnapshotWriter#complete}
   */
  public void finish(byte[] types) {
    offer(new Piece(null, null, 0, 0, Objects.requireNonNull(types, "types")));
  }

  /** Gives up; the listener hears no more, unless it was about to. */
  public void abort() {
    offer(ABORT);
  }

  private void offer(Piece piece) {
    queuedBytes.addAndGet(piece.bytes == null ? 0 : piece.bytes.length);
    queue.add(piece);
    if (queued.getAndIncrement() == 0) {
      executor.execute(this::drain);
    }
  }

  private void drain() {
    do {
      Piece piece = queue.remove();
      if (!over) {
        take(piece);
      }
      queuedBytes.addAndGet(piece.bytes == null ? 0 : -piece.bytes.length);
    } while (queued.decrementAndGet() > 0);
  }

  private void take(Piece piece) {
    try {
      if (piece == ABORT) {
        end();
      } else if (piece.step == null) {
        Manifest.TaskFile stored = complete(piece.bytes);
        end();
        listener.onStored(stored);
      } else {
        add(piece);
      }
    } catch (IOException | RuntimeException e) {
      fail(e);
    }
  }

  private void add(Piece piece) throws IOException {
    steps.add(piece.step);
    if (held == null) {
      write(piece, writer);
      return;
    }
    held.add(piece);
    heldBytes += piece.bytes.length;
    if (heldBytes > INLINE_BYTES) {
      writer = new SnapshotWriter(store.create(header.application(), checkpoint(), file), header);
      for (Piece earlier : held) {
        write(earlier, writer);
      }
      held = null;
    }
  }

  private static void write(Piece piece, SnapshotWriter to) throws IOException {
    to.block(piece.step, piece.state, piece.keyGroup, piece.entries, piece.bytes);
  }

  private Manifest.TaskFile complete(byte[] types) throws IOException {
    List<String> all = List.copyOf(steps);
    if (held == null) {
      return new Manifest.TaskFile(header.task(), all, writer.complete(types), null);
    }
    MemoryFile memory = new MemoryFile(file);
    try (SnapshotWriter small = new SnapshotWriter(memory, header)) {
      for (Piece piece : held) {
        write(piece, small);
      }
      CheckpointStore.Receipt receipt = small.complete(types);
      byte[] bytes = memory.bytes();
      if (bytes.length <= INLINE_BYTES) {
        return new Manifest.TaskFile(header.task(), all, receipt, bytes);
      }
      try (CheckpointStore.Upload upload = store.create(header.application(), checkpoint(), file)) {
        upload.write(bytes, 0, bytes.length);
        return new Manifest.TaskFile(header.task(), all, upload.complete(), null);
      }
    }
  }

  private String checkpoint() {
    return Manifest.name(header.checkpoint(), header.epoch());
  }

  private void fail(Exception problem) {
    if (over) {
      throw new IllegalStateException("the listener failed", problem);
    }
    try {
      end();
    } catch (IOException e) {
      problem.addSuppressed(e);
    }
    listener.onFailed(problem);
  }

  private void end() throws IOException {
    over = true;
    held = null;
    if (writer != null) {
      writer.close();
    }
  }
}
