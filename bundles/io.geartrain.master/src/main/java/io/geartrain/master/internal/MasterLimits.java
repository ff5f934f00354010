package io.geartrain.master.internal;

import java.time.Duration;

/**
 * How long the master waits, and how often it tries.
 *
 * @param history how many applications that ended are kept
 * @param planning how long the answer to a submission waits for the plan
 * @param relaunches how often an app master that dies is started again within {@code
 *     relaunchWindow}
 * @param settle how long a new leader waits for the workers it knows of before it launches
 * @param missing how long a worker may be absent from the store before it is lost
 * @param launch how long an app master may take to start
 * @param cancel how long an application may take to stop before its app master is stopped
 */
public record MasterLimits(
    int history,
    Duration planning,
    int relaunches,
    Duration relaunchWindow,
    Duration settle,
    Duration missing,
    Duration launch,
    Duration cancel) {
  static MasterLimits defaults() {
    return new MasterLimits(
        100,
        Duration.ofSeconds(25),
        3,
        Duration.ofMinutes(1),
        Duration.ofSeconds(3),
        Duration.ofSeconds(2),
        Duration.ofSeconds(20),
        Duration.ofSeconds(30));
  }

  MasterLimits withHistory(int applications) {
    return new MasterLimits(
        applications, planning, relaunches, relaunchWindow, settle, missing, launch, cancel);
  }
}
