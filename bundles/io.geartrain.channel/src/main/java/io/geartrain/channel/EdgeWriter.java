package io.geartrain.channel;

import java.util.List;

/**
 * A task's end of one edge: routes records to the channels of the receiving tasks. Never refuses a
 * record; where no empty batch is left it exhausts the task's {@link Credit}, and the task stops
 * reading. On the task's thread, but for {@link #resumable}.
 */
public abstract sealed class EdgeWriter
    permits BroadcastRouter, CustomRouter, ForwardRouter, HashRouter, ShuffleRouter {
  private final ChannelWriter[] writers;
  private final Credit credit;
  private long watermark = Long.MIN_VALUE;

  EdgeWriter(List<? extends ProducerEnd> channels, Credit credit) {
    this.writers = channels.stream().map(ChannelWriter::new).toArray(ChannelWriter[]::new);
    this.credit = credit;
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

  /** Sends all that has piled up. */
  public final void flush() {
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
    boolean drained = true;
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

  /** Tries to get credit for one more record; if there is none, asks to be woken for it. */
  public boolean resume() {
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
   * Whether a {@link #flush} would send what has waited for credit; if asked by another thread,
   * perhaps not.
   */
  public final boolean owes() {
    for (ChannelWriter writer : writers) {
      if (writer.owes()) {
        return true;
      }
    }
    return false;
  }

  /** How many records left, counted once for each receiving task. */
  public final long records() {
    long records = 0;
    for (ChannelWriter writer : writers) {
      records += writer.records();
    }
    return records;
  }

  final ChannelWriter[] writers() {
    return writers;
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
