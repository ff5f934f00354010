package io.geartrain.execution.internal;

import io.geartrain.channel.Batch;
import io.geartrain.channel.InputGate;

/** Records from other tasks; on the task's thread. */
record GateInput(InputGate gate) implements TaskInput {
  @Override
  public void open() {}

  @Override
  public Batch poll() {
    return gate.poll();
  }

  @Override
  public long release(Batch batch) {
    return gate.release(batch);
  }

  @Override
  public long barrier(long wanted) {
    return gate.aligned();
  }

  @Override
  public void snapshot(TaskSnapshot to) {}

  @Override
  public void goOn() {
    gate.goOn();
  }

  @Override
  public InputGate.Audit audit() {
    return gate.audit();
  }

  @Override
  public boolean isIdle() {
    return gate.isIdle();
  }

  @Override
  public boolean ended() {
    return gate.ended();
  }

  @Override
  public boolean hasInput() {
    return gate.hasInput();
  }

  @Override
  public void close() {}
}
