package io.geartrain.channel;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;

/**
 * The producer's end of a channel: fills batches and sends them. What one record puts out beyond
 * the credit waits here; nothing is ever refused. On the task's thread.
 */
final class ChannelWriter {
  private final ProducerEnd channel;
  private final Deque<Batch> beyondCredit = new ArrayDeque<>();
  private Batch current;
  private long sentWatermark = Long.MIN_VALUE;
  private boolean idle;
  private boolean sentIdle;

  /** A newer watermark waits for credit. */
  private boolean unsaid;

  private long records;
  private long recordsAtBarrier;

  /** Stamps batches; null if they get no stamp. */
  private LongSupplier clock;

  ChannelWriter(ProducerEnd channel) {
    this.channel = channel;
  }

  ProducerEnd channel() {
    return channel;
  }

  /** Whether the task gets nothing now; said with the next batch or flush. */
  void idle(boolean isIdle) {
    idle = isIdle;
  }

  /**
   * Adds a record, beyond the credit if need be.
   *
   * @return false if the batch is full now, and {@link #next} must follow
   */
  boolean add(Object value, long timestamp) {
    Batch batch = current;
    if (batch == null) {
      batch = current = channel.overdraw();
    }
    if (batch.size() == 0 && clock != null) {
      batch.stamp(clock.getAsLong());
    }
    return batch.add(value, timestamp);
  }

  /** From now on batches are stamped by this clock. */
  void stampBy(LongSupplier nanoTime) {
    clock = nanoTime;
  }

  /**
   * Sends the batch and takes an empty one.
   *
   * @return false if there is no credit for one
   */
  boolean next(long watermark) {
    ship(Batch.Kind.DATA, watermark);
    if (beyondCredit.isEmpty()) {
      current = channel.acquire();
    }
    return current != null;
  }

  /** Whether the writer holds an empty or half-filled batch within the credit. */
  boolean hasCredit() {
    Batch batch = current;
    return batch != null && !batch.overdrawn();
  }

  /** Tries to get credit; asks to be woken for it if there is none. */
  boolean resume() {
    if (hasCredit()) {
      return true;
    }
    if (!channel.resumable()) {
      channel.wantCredit();
      if (!channel.resumable()) {
        return false;
      }
    }
    return refill();
  }

  /** Whether {@link #resume} would help. */
  boolean resumable() {
    return hasCredit() || channel.resumable();
  }

  /**
   * Sends what there is, be it only a newer watermark or that the task is idle; false if no credit
   * is left then. What waits for credit is sent first, or the writer is woken for it.
   */
  boolean flush(long watermark) {
    boolean news = watermark > sentWatermark || idle != sentIdle;
    boolean stuck = (!beyondCredit.isEmpty() || current == null && news) && !resume();
    unsaid = stuck && news;
    if (stuck || current == null) {
      return false;
    }
    return current.size() == 0 && !news ? hasCredit() : next(watermark);
  }

  /** Sends what there is, and the end, after which there is no watermark to tell. */
  void end() {
    unsaid = false;
    if (current == null) {
      current = channel.overdraw();
    }
    mark(0);
    ship(Batch.Kind.END, Long.MAX_VALUE);
  }

  /** Sends what there is, and a barrier, beyond the credit if need be; false if none is left. */
  boolean barrier(long watermark, long checkpoint) {
    if (current == null) {
      current = channel.overdraw();
    }
    mark(checkpoint);
    ship(Batch.Kind.BARRIER, watermark);
    if (beyondCredit.isEmpty()) {
      current = channel.acquire();
    }
    return current != null;
  }

  private void mark(long checkpoint) {
    long all = records + current.size();
    current.mark(checkpoint, all - recordsAtBarrier);
    recordsAtBarrier = all;
  }

  /** After the end: sends what waits for credit; whether all has been sent. */
  boolean drain() {
    sendBeyondCredit();
    if (!beyondCredit.isEmpty()) {
      channel.wantCredit();
      sendBeyondCredit();
    }
    if (!beyondCredit.isEmpty()) {
      return false;
    }
    channel.hasCreditAgain();
    return true;
  }

  boolean drainable() {
    return beyondCredit.isEmpty() || channel.resumable();
  }

  /** Whether something waits for credit that has come meanwhile. */
  boolean owes() {
    return (unsaid || !beyondCredit.isEmpty()) && channel.resumable();
  }

  int waiting() {
    return channel.waiting();
  }

  /** How many records were sent. */
  long records() {
    return records;
  }

  private void ship(Batch.Kind kind, long watermark) {
    Batch batch = current;
    current = null;
    batch.seal(kind, watermark);
    batch.idle(idle);
    records += batch.size();
    sentWatermark = watermark;
    sentIdle = idle;
    if (batch.overdrawn() || !channel.send(batch)) {
      beyondCredit.add(batch);
    }
  }

  private boolean refill() {
    if (current != null && current.size() > 0) {
      ship(Batch.Kind.DATA, sentWatermark);
    }
    sendBeyondCredit();
    if (beyondCredit.isEmpty() && current == null) {
      current = channel.acquire();
    }
    if (hasCredit()) {
      channel.hasCreditAgain();
      return true;
    }
    channel.wantCredit();
    return false;
  }

  private void sendBeyondCredit() {
    while (!beyondCredit.isEmpty() && channel.sendOverdrawn(beyondCredit.peek())) {
      beyondCredit.remove();
    }
  }
}
