package io.geartrain.execution;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Gives turns to tasks in an order drawn from a seed, all on the calling thread. */
final class SeededTurns {
  private final List<Task> ready = new ArrayList<>();
  private final Random random;
  private final ManualTime time;

  SeededTurns(long seed, ManualTime time) {
    this.random = new Random(seed);
    this.time = time;
  }

  void drive(LocalExecution execution) {
    execution.tasks().forEach(task -> task.onWake(() -> ready.add(task)));
    execution.start();
  }

  /** One turn of one ready task; false if none is ready. */
  boolean step() {
    if (ready.isEmpty()) {
      return false;
    }
    Task task = ready.remove(random.nextInt(ready.size()));
    long budget = random.nextInt(4) == 0 ? 1_000_000 : 0;
    if (task.run(budget)) {
      ready.add(task);
    }
    time.advance(random.nextInt(1_000));
    return true;
  }

  /** Turns until nobody is ready and no timer is set. */
  void runToRest() {
    do {
      long turns = 0;
      while (step()) {
        if (++turns > 50_000_000) {
          throw new AssertionError("the tasks never come to rest");
        }
      }
    } while (time.advanceToTimer());
  }
}
