package io.geartrain.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class MemoryCheckpointStoreTest extends CheckpointStoreContract {
  @Override
  MemoryCheckpointStore store() {
    return new MemoryCheckpointStore();
  }

  @Test
  void whatIsReadBackMustBeWhatWasWritten() {
    MemoryCheckpointStore store =
        new MemoryCheckpointStore(written -> Arrays.copyOf(written, written.length - 1));

    assertThatThrownBy(() -> put(store, "1", new byte[9]))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("read back");

    assertThat(store.list("app")).isEmpty();
  }
}
