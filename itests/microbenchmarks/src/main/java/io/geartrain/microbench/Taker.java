package io.geartrain.microbench;

import io.geartrain.channel.Batch;
import io.geartrain.channel.ConsumerEnd;
import io.geartrain.channel.InputGate;
import java.util.List;

/** Takes and reads whatever has come by some channels. */
final class Taker {
  private final InputGate gate;

  Taker(List<? extends ConsumerEnd> channels) {
    gate = new InputGate(channels);
  }

  /** Something of all records, so that none is read in vain. */
  long take() {
    long sum = 0;
    for (Batch batch = gate.poll(); batch != null; batch = gate.poll()) {
      Object[] values = batch.values();
      for (int i = 0; i < batch.size(); i++) {
        sum += values[i].hashCode();
      }
      gate.release(batch);
    }
    return sum;
  }
}
