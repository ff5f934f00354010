package io.geartrain.channel;

import java.util.ArrayList;
import java.util.List;

/**
 * A task's end of all its input channels: takes batches in turn, merges watermarks to their
 * minimum, and knows when all have ended. One batch is out at a time. On the task's thread, but for
 * {@link #hasInput}.
 */
public final class InputGate {
  private static final class Input {
    final Channel channel;
    long watermark = Long.MIN_VALUE;

    Input(Channel channel) {
      this.channel = channel;
    }
  }

  private volatile Input[] inputs;
  private Input current;
  private int next;
  private long watermark = Long.MIN_VALUE;

  /** A gate over these channels. */
  public InputGate(List<Channel> channels) {
    List<Input> all = new ArrayList<>();
    channels.forEach(channel -> all.add(new Input(channel)));
    inputs = all.toArray(Input[]::new);
  }

  /** The next batch, of any channel, or null; to be given back before the one after it. */
  public Batch poll() {
    Input[] open = inputs;
    for (int i = 0; i < open.length; i++) {
      int at = next;
      next = at + 1 < open.length ? at + 1 : 0;
      if (at < open.length) {
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
      if (!input.channel.isEmpty()) {
        return true;
      }
    }
    return false;
  }

  /**
   * Gives the batch back, whose records have been processed.
   *
   * @return the watermark of all inputs that holds from now on; {@link Long#MAX_VALUE} if all ended
   */
  public long release(Batch batch) {
    Input input = current;
    current = null;
    long before = input.watermark;
    boolean ended = batch.kind() == Batch.Kind.END;
    input.watermark = Math.max(before, batch.watermark());
    input.channel.recycle(batch);
    if (ended) {
      remove(input);
    }
    if (ended || input.watermark != before) {
      watermark = merged();
    }
    return watermark;
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
    for (Input input : inputs) {
      least = Math.min(least, input.watermark);
    }
    return Math.max(least, watermark);
  }
}
