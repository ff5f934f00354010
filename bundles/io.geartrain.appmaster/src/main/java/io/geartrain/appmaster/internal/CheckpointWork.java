package io.geartrain.appmaster.internal;

import io.geartrain.coordination.CoordinationException;
import io.geartrain.coordination.MetadataStore;
import io.geartrain.plan.ErrorText;
import io.geartrain.protocol.ApplicationSpec;
import io.geartrain.protocol.Failure;
import io.geartrain.protocol.StandingCheckpoint;
import io.geartrain.protocol.StartFrom;
import io.geartrain.spi.CheckpointStore;
import io.geartrain.state.DamagedSnapshotException;
import io.geartrain.state.Manifest;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Does on a thread of its own what of checkpoints blocks, one thing after the other, and answers.
 * Thread-safe.
 */
public final class CheckpointWork {
  /** How something ended; goes to the app master in this JVM. */
  public sealed interface Answer {}

  /** Where the application has got to. */
  record Found(CheckpointLog.Found found) implements Answer {}

  /**
   * The application has no checkpoint, and is to begin with that of another.
   *
   * @param lastUsed the greatest number that any checkpoint has had
   */
  record FoundStart(SavedState saved, long lastUsed) implements Answer {}

  /** The last checkpoint can't be resumed from. */
  record NotFound(Failure reason) implements Answer {}

  /** The metadata don't answer. */
  record SearchUnavailable() implements Answer {}

  /** It stands. */
  record Committed(long checkpoint) implements Answer {}

  /** It does not stand and never will. */
  record NotCommitted(long checkpoint, String reason) implements Answer {}

  /** Nobody knows. */
  record Unknown(long checkpoint) implements Answer {}

  /** The epoch has passed. */
  record Deposed(String reason) implements Answer {}

  private final MetadataStore store;
  private final CheckpointStore files;
  private final String application;
  private final String bundle;
  private final StartFrom from;
  private final long epoch;
  private final int retained;
  private final Consumer<Answer> answers;
  private final Executor thread;

  /** Touched by the thread alone; null before the first search. */
  private CheckpointLog log;

  /**
   * The checkpoints of an application in one epoch.
   *
   * @param spec of the application
   * @param thread runs what is given to it, one after the other
   */
  CheckpointWork(
      MetadataStore store,
      CheckpointStore files,
      ApplicationSpec spec,
      long epoch,
      int retained,
      Executor thread,
      Consumer<Answer> answers) {
    this.store = store;
    this.files = files;
    this.application = spec.id();
    this.bundle = spec.bundle().name();
    this.from = spec.from();
    this.epoch = epoch;
    this.retained = retained;
    this.answers = answers;
    this.thread = thread;
  }

  /** Finds the last checkpoint. */
  void find() {
    thread.execute(() -> answers.accept(search()));
  }

  /** Commits a checkpoint. */
  void store(Manifest manifest, StandingCheckpoint record) {
    thread.execute(() -> answers.accept(commit(manifest, record)));
  }

  /** Finds out whether a checkpoint stands. */
  void resolve(long checkpoint) {
    thread.execute(() -> answers.accept(settle(checkpoint)));
  }

  private Answer search() {
    try {
      if (log == null) {
        log = CheckpointLog.of(store, files, application, epoch, retained);
      }
      return latest();
    } catch (CoordinationException.Fenced e) {
      return new Deposed(e.getMessage());
    } catch (CoordinationException.Unavailable e) {
      return new SearchUnavailable();
    } catch (RuntimeException e) {
      return unusable("checkpoint-unreadable", "can't be read: ", e, Set.of());
    }
  }

  private Answer latest() {
    try {
      CheckpointLog.Found found = log.latest();
      return found.manifest().isEmpty() && from != null ? start(found) : new Found(found);
    } catch (CoordinationException e) {
      throw e;
    } catch (DamagedSnapshotException e) {
      return unusable("checkpoint-damaged", "is damaged: ", e, log.older());
    } catch (IOException | RuntimeException e) {
      return unusable("checkpoint-unreadable", "can't be read: ", e, log.older());
    }
  }

  private Answer start(CheckpointLog.Found none) {
    try {
      Manifest manifest = Manifest.load(files, from.application(), from.name());
      return new FoundStart(
          new SavedState(manifest, manifest.verify(files)),
          Math.max(none.lastUsed(), manifest.checkpoint()));
    } catch (DamagedSnapshotException e) {
      return unusableStart("savepoint-damaged", "is damaged: ", e);
    } catch (IOException | RuntimeException e) {
      return unusableStart("savepoint-unreadable", "can't be read: ", e);
    }
  }

  private NotFound unusableStart(String code, String what, Exception cause) {
    return new NotFound(
        Failure.of(
            code,
            from.label() + " " + what + ErrorText.message(cause),
            "bring its files back, or start from another: gear savepoints, gear app "
                + from.application()));
  }

  private NotFound unusable(String code, String what, Exception cause, Set<Long> older) {
    return new NotFound(
        Failure.of(
            code,
            "the last checkpoint of " + application + " " + what + ErrorText.message(cause),
            choices(older)));
  }

  /** Geartrain takes none of them by itself. */
  private String choices(Set<Long> older) {
    String submit = "gear submit " + bundle;
    String goOn = submit + " --from " + application;
    String stepBack =
        older.isEmpty()
            ? "no older one is known"
            : "or go on from an older one (%s), output published since may come twice: %s/NUMBER"
                .formatted(
                    older.stream().map(String::valueOf).collect(Collectors.joining(", ")), goOn);
    String begin =
        from == null ? submit : submit + " --from " + from.application() + "/" + from.checkpoint();
    return "bring its files back, then: %s; %s; or begin from the start, all output comes again: %s"
            .formatted(goOn, stepBack, begin)
        + "; each with --set as before";
  }

  private Answer commit(Manifest manifest, StandingCheckpoint record) {
    long checkpoint = manifest.checkpoint();
    try {
      log.commit(manifest, record);
      return new Committed(checkpoint);
    } catch (CoordinationException.Fenced e) {
      return new Deposed(e.getMessage());
    } catch (CoordinationException.Unavailable e) {
      return new Unknown(checkpoint);
    } catch (IOException | RuntimeException e) {
      return new NotCommitted(checkpoint, ErrorText.message(e));
    }
  }

  private Answer settle(long checkpoint) {
    try {
      return log.settle(checkpoint)
          ? new Committed(checkpoint)
          : new NotCommitted(checkpoint, "the coordination store did not answer");
    } catch (CoordinationException.Fenced e) {
      return new Deposed(e.getMessage());
    } catch (CoordinationException.Unavailable e) {
      return new Unknown(checkpoint);
    } catch (RuntimeException e) {
      return new NotCommitted(checkpoint, ErrorText.message(e));
    }
  }
}
