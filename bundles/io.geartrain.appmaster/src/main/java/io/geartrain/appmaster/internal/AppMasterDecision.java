package io.geartrain.appmaster.internal;

import io.geartrain.protocol.AppMasterToExecutor;
import io.geartrain.protocol.AppMasterToMaster;
import io.geartrain.protocol.AppMasterToWorker;
import io.geartrain.protocol.StandingCheckpoint;
import io.geartrain.state.Manifest;

/** What {@link AppMasterState} wants done; carried out in order by the shell. */
sealed interface AppMasterDecision {
  /** Tell the master that launched this app master. */
  record TellMaster(AppMasterToMaster message) implements AppMasterDecision {}

  /** Tell a worker. */
  record TellWorker(String address, AppMasterToWorker message) implements AppMasterDecision {}

  /** Tell an executor. */
  record TellExecutor(String address, AppMasterToExecutor message) implements AppMasterDecision {}

  /** Find the last checkpoint and check it; answered by found or not found. */
  record FindCheckpoint() implements AppMasterDecision {}

  /** Save the manifest and commit it; answered by committed, not committed or unknown. */
  record StoreCheckpoint(Manifest manifest, StandingCheckpoint record)
      implements AppMasterDecision {}

  /** Find out whether a commit without an answer has happened; answered the same way. */
  record ResolveCheckpoint(long checkpoint) implements AppMasterDecision {}

  /** Say something in the log. */
  record Warn(String text) implements AppMasterDecision {}

  /** The application has ended and everything is told: stop this app master. */
  record Terminate() implements AppMasterDecision {}
}
