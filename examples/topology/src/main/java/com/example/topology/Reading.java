package com.example.topology;

/** What a sensor measured. */
record Reading(long timeMs, String sensor, double celsius) {
  /** From this temperature on, nobody waits. */
  static final double URGENT = 90;

  /**
   * The task that takes this reading: urgent ones have the first task for themselves, so that they
   * never queue behind others.
   */
  int task(int tasks) {
    if (tasks == 1 || celsius >= URGENT) {
      return 0;
    }
    return 1 + Math.floorMod(sensor.hashCode(), tasks - 1);
  }
}
