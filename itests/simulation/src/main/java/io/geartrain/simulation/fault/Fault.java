package io.geartrain.simulation.fault;

import static io.geartrain.simulation.fault.Moment.AFTER_COMMIT;
import static io.geartrain.simulation.fault.Moment.BEFORE_COMMIT;
import static io.geartrain.simulation.fault.Moment.FINISH;
import static io.geartrain.simulation.fault.Moment.INSTALL;
import static io.geartrain.simulation.fault.Moment.MESSAGE;
import static io.geartrain.simulation.fault.Moment.METADATA;
import static io.geartrain.simulation.fault.Moment.PART;
import static io.geartrain.simulation.fault.Moment.PUBLISH;
import static io.geartrain.simulation.fault.Moment.PUBLISHED;
import static io.geartrain.simulation.fault.Moment.RECORD;
import static io.geartrain.simulation.fault.Moment.RESTORE;
import static io.geartrain.simulation.fault.Moment.SAVE;
import static io.geartrain.simulation.fault.Moment.SEARCH;
import static io.geartrain.simulation.fault.Moment.SNAPSHOT;
import static io.geartrain.simulation.fault.Moment.STORED;
import static io.geartrain.simulation.fault.Moment.TRIGGER;
import static io.geartrain.simulation.fault.Moment.TURN;
import static io.geartrain.simulation.fault.Moment.UPLOAD;
import static io.geartrain.simulation.fault.Moment.WRITE;

import java.util.List;

/** What may go wrong. */
public enum Fault {
  /** An executor is gone at once, as a process that is killed. */
  EXECUTOR_KILLED(
      8,
      MESSAGE,
      TURN,
      RECORD,
      TRIGGER,
      SNAPSHOT,
      UPLOAD,
      WRITE,
      STORED,
      PUBLISH,
      PUBLISHED,
      RESTORE,
      INSTALL,
      PART,
      BEFORE_COMMIT,
      AFTER_COMMIT,
      FINISH),
  /** The actor of an executor ends; its tasks are closed in good order. */
  EXECUTOR_ENDED(3, MESSAGE, TURN, TRIGGER, PART, BEFORE_COMMIT, AFTER_COMMIT, INSTALL),
  /** An app master is gone. */
  APP_MASTER_KILLED(
      6,
      MESSAGE,
      TURN,
      TRIGGER,
      PART,
      STORED,
      BEFORE_COMMIT,
      AFTER_COMMIT,
      PUBLISH,
      PUBLISHED,
      SEARCH,
      INSTALL,
      FINISH),
  /** A node is gone with all that ran on it, and comes again. */
  NODE_KILLED(
      5,
      MESSAGE,
      TURN,
      TRIGGER,
      SNAPSHOT,
      UPLOAD,
      WRITE,
      STORED,
      PART,
      BEFORE_COMMIT,
      AFTER_COMMIT,
      PUBLISH,
      PUBLISHED,
      SEARCH,
      RESTORE,
      INSTALL,
      FINISH,
      SAVE),
  /** A node stands still for a while, and others may take it for dead. */
  NODE_FROZEN(
      4, MESSAGE, TURN, TRIGGER, STORED, PART, BEFORE_COMMIT, AFTER_COMMIT, SEARCH, INSTALL),
  /** The session of a node is ended while the node lives on. */
  SESSION_EXPIRED(4, MESSAGE, TURN, TRIGGER, PART, BEFORE_COMMIT, AFTER_COMMIT, SEARCH, SAVE),
  /** A node is cut off from the metadata for a while; its session outlives that. */
  CUT_OFF(3, MESSAGE, TURN, PART, BEFORE_COMMIT, AFTER_COMMIT, SEARCH, SAVE, METADATA),
  /** The metadata don't answer a node for a while, though it is connected. */
  METADATA_UNAVAILABLE(4, METADATA, BEFORE_COMMIT, SEARCH, SAVE),
  /** The answer to a write is lost after the write. */
  ANSWER_LOST(4, BEFORE_COMMIT, SEARCH, SAVE),
  /** What a process tells comes late, at times after others tell of its death. */
  WORDS_LATE(5, MESSAGE, TURN, TRIGGER, SNAPSHOT, STORED, AFTER_COMMIT, PUBLISHED),
  /** The leader takes a worker for lost that lives on, and with it an app master. */
  FALSELY_LOST(5, MESSAGE, TURN, TRIGGER, PART, BEFORE_COMMIT),
  /** Code of the application throws, and would not the next time. */
  TASK_THROWS(6, RECORD, SNAPSHOT, PUBLISH),
  /** A file can't be written. */
  WRITE_FAILS(4, WRITE, UPLOAD, BEFORE_COMMIT),
  /** What is read back of a file is not what was written. */
  WRITE_DAMAGED(4, WRITE, UPLOAD, BEFORE_COMMIT),
  /** The store takes very long for what it is given next. */
  UPLOAD_LATE(3, UPLOAD),
  /** Old checkpoints can't be deleted for once. */
  DELETE_FAILS(2, AFTER_COMMIT),
  /** A file of the checkpoint that stands is not any more as it was written. */
  STANDING_DAMAGED(1, TURN, AFTER_COMMIT, PUBLISHED, RESTORE, SEARCH),
  /** A person stops the application. */
  CANCELLED(1, MESSAGE, TURN, TRIGGER, PART, BEFORE_COMMIT, AFTER_COMMIT, PUBLISH, INSTALL);

  private final int weight;
  private final List<Moment> moments;

  Fault(int weight, Moment... moments) {
    this.weight = weight;
    this.moments = List.of(moments);
  }

  /** How likely it is beside the others. */
  int weight() {
    return weight;
  }

  /** When it may happen. */
  List<Moment> moments() {
    return moments;
  }
}
