package io.geartrain.state;

/** Takes the blocks of a snapshot, on the task's thread; must not block. */
@FunctionalInterface
public interface SnapshotSink {
  /**
   * Takes a block. Any number of them make up a key group, in any order.
   *
   * @param state name of the state
   * @param keyGroup of all entries in the block
   * @param entries how many there are; at least 1
   * @param bytes the entries one after the other; the receiver's own from now on
   */
  void onBlock(String state, int keyGroup, int entries, byte[] bytes);
}
