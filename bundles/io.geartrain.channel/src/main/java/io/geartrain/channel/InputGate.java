package io.geartrain.channel;

import java.util.ArrayList;
import java.util.List;

/**
 * A task's end of all its input channels: takes batches in turn, merges watermarks to their
 * minimum, leaving out those that are idle, and knows when all have ended. Channels whose barrier
 * has come are held back until it has come from all, so that what the task knows then is just what
 * came before the barriers; a channel that has ended needs none. Counts what comes, and compares it
 * with what was sent. One batch is out at a time. On the task's thread, but for {@link #hasInput}
 * and {@link #audit}.
 */
public final class InputGate {
  private static final class Input {
    final ConsumerEnd channel;
    long watermark = Long.MIN_VALUE;
    boolean idle;
    long received;
    boolean held;

    Input(ConsumerEnd channel) {
      this.channel = channel;
    }
  }

  private volatile Input[] inputs;
  private Input current;
  private int next;
  private long watermark = Long.MIN_VALUE;
  private boolean idle;
  private int held;
  private long checkpoint;
  private volatile Audit audit = new Audit(0, 0, 0);

  /**
   * What has been compared so far.
   *
   * @param audited records that came as they were sent
   * @param lost records that were sent and did not come
   * @param duplicated records that came more often than they were sent
   */
  public record Audit(long audited, long lost, long duplicated) {}

  /** A gate over these channels. */
  public InputGate(List<? extends ConsumerEnd> channels) {
    List<Input> all = new ArrayList<>();
    channels.forEach(channel -> all.add(new Input(channel)));
    inputs = all.toArray(Input[]::new);
  }

  /**
   * Takes one more input, between two batches. It does not take the watermark back; and if barriers
   * are coming, all of it belongs to what is after them.
   */
  public void add(ConsumerEnd channel) {
    Input input = new Input(channel);
    input.watermark = watermark;
    if (held > 0) {
      input.held = true;
      held++;
    }
    List<Input> more = new ArrayList<>(List.of(inputs));
    more.add(input);
    inputs = more.toArray(Input[]::new);
  }

  /** The next batch, of any channel, or null; to be given back before the one after it. */
  public Batch poll() {
    Input[] open = inputs;
    for (int i = 0; i < open.length; i++) {
      int at = next;
      next = at + 1 < open.length ? at + 1 : 0;
      if (at < open.length && !open[at].held) {
        Batch batch = open[at].channel.poll();
        if (batch != null) {
          current = open[at];
          return batch;
        }
      }
    }
    return null;
  }

  /** Whether a batch waits. By anybody. */
  public boolean hasInput() {
    for (Input input : inputs) {
      if (!input.held && !input.channel.isEmpty()) {
        return true;
      }
    }
    return false;
  }

  /**
   * Gives the batch back, whose records have been processed.
   *
   * @return the watermark of all inputs that holds from now on; {@link Long#MAX_VALUE} if all ended
   * @throws AuditMismatch if records were lost or came twice
   */
  public long release(Batch batch) {
    Input input = current;
    current = null;
    long before = input.watermark;
    boolean wasIdle = input.idle;
    Batch.Kind kind = batch.kind();
    boolean ended = kind == Batch.Kind.END;
    input.received += batch.size();
    if (kind != Batch.Kind.DATA) {
      compare(input, batch);
    }
    input.watermark = Math.max(before, batch.watermark());
    input.idle = batch.isIdle();
    input.channel.recycle(batch);
    if (ended) {
      remove(input);
    }
    if (ended || input.watermark != before || input.idle != wasIdle) {
      watermark = merged();
    }
    return watermark;
  }

  /** The checkpoint whose barrier has come from all inputs; 0 if none has. */
  public long aligned() {
    return held > 0 && held == inputs.length ? checkpoint : 0;
  }

  /** The snapshot is taken: all inputs go on. */
  public void goOn() {
    for (Input input : inputs) {
      input.held = false;
    }
    held = 0;
  }

  /** Whether no input gets anything now. */
  public boolean isIdle() {
    return idle;
  }

  /** What has been compared so far. By anybody. */
  public Audit audit() {
    return audit;
  }

  private void compare(Input input, Batch batch) {
    long sent = batch.sent();
    long received = input.received;
    input.received = 0;
    audit =
        new Audit(
            audit.audited() + Math.min(sent, received),
            audit.lost() + Math.max(0, sent - received),
            audit.duplicated() + Math.max(0, received - sent));
    if (sent != received) {
      throw new AuditMismatch(input.channel.id(), sent, received);
    }
    if (batch.kind() == Batch.Kind.BARRIER) {
      if (held > 0 && checkpoint != batch.checkpoint()) {
        throw new IllegalStateException(
            "the barrier of checkpoint %d came by %s where that of %d was due"
                .formatted(batch.checkpoint(), input.channel.id(), checkpoint));
      }
      checkpoint = batch.checkpoint();
      input.held = true;
      held++;
    }
  }

  /** Whether all channels have ended. */
  public boolean ended() {
    return inputs.length == 0;
  }

  private void remove(Input ended) {
    List<Input> left = new ArrayList<>(List.of(inputs));
    left.remove(ended);
    inputs = left.toArray(Input[]::new);
    next = 0;
  }

  private long merged() {
    long least = Long.MAX_VALUE;
    long largest = inputs.length == 0 ? Long.MAX_VALUE : Long.MIN_VALUE;
    boolean allIdle = inputs.length > 0;
    for (Input input : inputs) {
      if (!input.idle) {
        allIdle = false;
        least = Math.min(least, input.watermark);
      }
      largest = Math.max(largest, input.watermark);
    }
    idle = allIdle;
    return Math.max(allIdle ? largest : least, watermark);
  }
}
