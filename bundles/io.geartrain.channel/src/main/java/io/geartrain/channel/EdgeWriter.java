package io.geartrain.channel;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * A task's end of one edge: routes records to the channels of the receiving tasks. Never refuses a
 * record; where no empty batch is left it exhausts the task's {@link Credit}, and the task stops
 * reading. On the task's thread, but for {@link #resumable}.
 */
public abstract sealed class EdgeWriter
    permits BroadcastRouter, CustomRouter, ForwardRouter, HashRouter, ShuffleRouter {
  private final Credit credit;
  private ChannelWriter[] writers = {};

  /** No record goes there any more, but not all that went there has been sent. */
  private List<ChannelWriter> leaving = List.of();

  private LongSupplier clock;
  private long recordsLeft;
  private long watermark = Long.MIN_VALUE;
  private boolean idle;

  EdgeWriter(Credit credit) {
    this.credit = credit;
  }

  /**
   * Sends by another table from the next record on, between two batches. Channels that stay go on
   * as they are; one that is left out carries what has piled up, and its end. After this the task
   * needs {@link #resume}.
   */
  public final void route(RoutingTable table) {
    Map<ProducerEnd, ChannelWriter> before = new IdentityHashMap<>();
    for (ChannelWriter writer : writers) {
      before.put(writer.channel(), writer);
    }
    ChannelWriter[] after = new ChannelWriter[table.channels().size()];
    for (int i = 0; i < after.length; i++) {
      ProducerEnd channel = table.channels().get(i);
      ChannelWriter known = before.remove(channel);
      after[i] = known == null ? new ChannelWriter(channel) : known;
      after[i].stampBy(clock);
      after[i].idle(idle);
    }
    List<ChannelWriter> gone = new ArrayList<>(leaving);
    for (ChannelWriter writer : writers) {
      if (before.containsKey(writer.channel())) {
        writer.end();
        recordsLeft += writer.records();
        gone.add(writer);
      }
    }
    if (writers.length > 0) {
      credit.exhaust();
    }
    writers = after;
    leaving = gone;
    sendLeaving();
    onRouted(after, table);
  }

  /**
   * From now on each batch tells when its first record was put in.
   *
   * @param nanoTime asked once for each batch
   */
  public final void stampBy(LongSupplier nanoTime) {
    clock = nanoTime;
    for (ChannelWriter writer : writers) {
      writer.stampBy(nanoTime);
    }
  }

  /** Takes the writers of a table into use. */
  abstract void onRouted(ChannelWriter[] writers, RoutingTable table);

  private void sendLeaving() {
    if (!leaving.isEmpty()) {
      List<ChannelWriter> left = new ArrayList<>(leaving);
      left.removeIf(ChannelWriter::drain);
      leaving = left;
    }
  }

  /**
   * Sends a record on.
   *
   * @throws Exception what the user's key function throws
   */
  public abstract void emit(Object value, long timestamp) throws Exception;

  /** Notes a newer watermark; it leaves with the next batch or flush. */
  public final void watermark(long watermarkMs) {
    watermark = Math.max(watermark, watermarkMs);
  }

  /** Notes whether the task gets nothing now; it leaves with the next batch or flush. */
  public final void idle(boolean isIdle) {
    idle = isIdle;
    for (ChannelWriter writer : writers) {
      writer.idle(isIdle);
    }
  }

  /** Sends all that has piled up. */
  public final void flush() {
    sendLeaving();
    boolean left = true;
    for (ChannelWriter writer : writers) {
      left &= writer.flush(watermark);
    }
    if (!left) {
      onCreditGone();
    }
    onFlushed();
  }

  /** Sends all that has piled up, and a barrier. */
  public final void barrier(long checkpoint) {
    boolean left = true;
    for (ChannelWriter writer : writers) {
      left &= writer.barrier(watermark, checkpoint);
    }
    if (!left) {
      onCreditGone();
    }
    onFlushed();
  }

  /** Sends all that has piled up, and the end; no record may follow. */
  public final void end() {
    for (ChannelWriter writer : writers) {
      writer.end();
    }
  }

  /** After the end: sends what waits for credit; whether all has been sent. */
  public final boolean drain() {
    sendLeaving();
    boolean drained = leaving.isEmpty();
    for (ChannelWriter writer : writers) {
      drained &= writer.drain();
    }
    return drained;
  }

  /**
   * Whether {@link #drain} would get on; may be asked by another thread, which may then be wrong.
   */
  public final boolean drainable() {
    for (ChannelWriter writer : writers) {
      if (!writer.drainable()) {
        return false;
      }
    }
    return true;
  }

  /**
   * Tries to get credit for one more record; if there is none, asks to be woken for it. What waited
   * for credit that has come is sent whether there is: some reader may wait for just that.
   */
  public final boolean resume() {
    if (owes()) {
      sendLeaving();
      for (ChannelWriter writer : writers) {
        if (writer.owes()) {
          writer.flush(watermark);
        }
      }
    }
    return goOn();
  }

  /** Tries to get credit for one more record; if there is none, asks to be woken for it. */
  boolean goOn() {
    boolean all = true;
    for (ChannelWriter writer : writers) {
      all &= writer.resume();
    }
    return all;
  }

  /** Whether {@link #resume} would succeed; if asked by another thread, perhaps not. */
  public boolean resumable() {
    for (ChannelWriter writer : writers) {
      if (!writer.resumable()) {
        return false;
      }
    }
    return true;
  }

  /**
   * Whether a {@link #flush} or {@link #resume} would send what has waited for credit; if asked by
   * another thread, perhaps not.
   */
  public final boolean owes() {
    for (ChannelWriter writer : writers) {
      if (writer.owes()) {
        return true;
      }
    }
    for (ChannelWriter writer : leaving) {
      if (writer.owes()) {
        return true;
      }
    }
    return false;
  }

  /** How many records left, counted once for each receiving task. */
  public final long records() {
    long records = recordsLeft;
    for (ChannelWriter writer : writers) {
      records += writer.records();
    }
    return records;
  }

  final long watermark() {
    return watermark;
  }

  final Credit credit() {
    return credit;
  }

  /** A channel has no empty batch left. */
  void onCreditGone() {
    credit.exhaust();
  }

  /** All channels were flushed. */
  void onFlushed() {}

  /** Adds a record to one channel. */
  final void add(ChannelWriter writer, Object value, long timestamp) {
    if (!writer.add(value, timestamp) && !writer.next(watermark)) {
      onCreditGone();
    }
  }
}
