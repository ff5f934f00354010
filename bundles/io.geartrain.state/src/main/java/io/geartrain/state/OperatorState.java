package io.geartrain.state;

import io.geartrain.spi.Codec;
import io.geartrain.spi.CodecException;
import io.geartrain.spi.Input;
import io.geartrain.spi.Output;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Saves state of a step that belongs to no key: positions in splits, what a sink has prepared. A
 * name may be used any number of times. Owned by the thread of the task.
 */
public final class OperatorState {
  private final Codec<Object> any;
  private final SnapshotSink sink;
  private final Output out = new Output();

  /** State that goes to the sink as it is put. */
  public OperatorState(Codec<Object> any, SnapshotSink sink) {
    this.any = any;
    this.sink = sink;
  }

  /** Saves a value under a name; it may be changed afterwards. */
  public void put(String name, Object value) {
    out.clear();
    try {
      any.write(value, out);
    } catch (CodecException e) {
      throw new StateException("can't save state '" + name + "': " + e.getMessage(), e);
    }
    sink.onBlock(name, SnapshotFile.NO_GROUP, 1, out.toByteArray());
  }

  /**
   * All values that a step's task has put under a name, in the order in which it put them.
   *
   * @param step id of the step
   * @param reading the codec of whatever type, by the dictionary of that snapshot
   */
  public static List<Object> read(
      SnapshotReader snapshot, String step, String name, Codec<Object> reading) throws IOException {
    List<Object> values = new ArrayList<>();
    for (SnapshotFile.Block block : snapshot.operatorBlocks(step, name)) {
      Input in = new Input(snapshot.read(block));
      try {
        for (int i = 0; i < block.entries(); i++) {
          values.add(reading.read(in));
        }
      } catch (CodecException e) {
        throw new StateException("can't restore " + block + ": " + e.getMessage(), e);
      }
    }
    return values;
  }
}
