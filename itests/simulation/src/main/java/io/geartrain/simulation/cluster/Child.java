package io.geartrain.simulation.cluster;

import io.geartrain.simulation.time.Life;

/** A process that a worker has started. */
interface Child {
  /** How it is reached. */
  String address();

  /** Lives until it stops or is killed. */
  Life life();

  /** Begins, in a while. */
  void start();

  /** Ends in good order, in a while. */
  void stop();

  /** Ends at once; nobody but those who watch hears of it. */
  void kill();
}
