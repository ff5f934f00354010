package io.geartrain.state;

class MemoryCheckpointStoreTest extends CheckpointStoreContract {
  @Override
  MemoryCheckpointStore store() {
    return new MemoryCheckpointStore();
  }
}
