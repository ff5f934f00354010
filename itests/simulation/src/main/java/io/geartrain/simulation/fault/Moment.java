package io.geartrain.simulation.fault;

/** Where in its work a process may be hit. */
public enum Moment {
  /** A message is about to be taken. */
  MESSAGE(250),
  /** A task is about to have a turn. */
  TURN(1_500),
  /** Code of the application is about to process a record. */
  RECORD(900),
  /** An executor is asked for a checkpoint; no barrier has gone yet. */
  TRIGGER(12),
  /** A sink makes ready what it has: its task has met the barrier, its snapshot is not taken. */
  SNAPSHOT(25),
  /** Blocks of a snapshot are about to go to the store. */
  UPLOAD(60),
  /** A file is being written. */
  WRITE(25),
  /** A file is complete, and nobody has heard of it. */
  STORED(15),
  /** An app master hears of the part of a task. */
  PART(50),
  /** The transaction that makes a checkpoint stand is about to be done. */
  BEFORE_COMMIT(8),
  /** It is done, and the app master does not know it yet. */
  AFTER_COMMIT(8),
  /** A sink is about to make visible what is safe. */
  PUBLISH(20),
  /** It has become visible, and nobody has heard of it. */
  PUBLISHED(20),
  /** An app master is about to look for the last checkpoint. */
  SEARCH(4),
  /** The metadata are about to be read or written, for whatever. */
  METADATA(40),
  /** A task is about to read a snapshot. */
  RESTORE(12),
  /** An executor is about to set up its tasks. */
  INSTALL(4),
  /** All input is processed: the last checkpoint is asked for. */
  FINISH(2),
  /** The leader is about to write an application down. */
  SAVE(6);

  private final int often;

  Moment(int often) {
    this.often = often;
  }

  /** How often it comes in a run, about. */
  int often() {
    return often;
  }
}
