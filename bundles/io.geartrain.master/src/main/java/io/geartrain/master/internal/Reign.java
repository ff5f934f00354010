package io.geartrain.master.internal;

import io.geartrain.coordination.CoordinationException;
import io.geartrain.coordination.Epoch;
import io.geartrain.coordination.MetadataStore;
import io.geartrain.protocol.ControlMessage;
import io.geartrain.protocol.MasterToClient;
import io.geartrain.spi.CheckpointStore;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The time in which a master leads: carries out what {@link MasterState} decides, in order. What is
 * decided waits while the store is out of reach, and is forgotten once a later reign has begun. One
 * thread; calls block as the store does.
 */
public final class Reign {
  private static final Logger LOG = LoggerFactory.getLogger(Reign.class);

  /** Where its words go; called on its own thread. */
  public interface Outside {
    /** To a worker or an app master. */
    void tell(String address, ControlMessage message);

    /** To a client that waits. */
    void reply(long token, MasterToClient message);

    /** Asks the schedulers; the answer comes back by {@link MasterState#onScheduled}. */
    void schedule(Effect.Schedule asked);

    /** Does elsewhere what may take long, one thing after the other. */
    void inBackground(Runnable work);

    /** The store does not answer: {@link Reign#goOn} is to be called a little later. */
    void waitForStore();

    /** A later reign has begun. */
    void deposed(String reason);
  }

  private final Epoch epoch;
  private final MetadataStore store;
  private final AppRegistry registry;
  private final CheckpointRegistry checkpoints;
  private final CheckpointFiles files;
  private final MasterState state;
  private final Outside outside;
  private final Deque<Effect> pending = new ArrayDeque<>();
  private boolean suspended;
  private boolean over;

  /**
   * A reign that has not begun.
   *
   * @param store will be written to under its epoch
   * @param files keeps the files of checkpoints
   */
  public Reign(
      Epoch epoch, MetadataStore store, CheckpointStore files, MasterState state, Outside outside) {
    this.epoch = epoch;
    this.store = epoch.guard(store);
    this.registry = new AppRegistry(this.store);
    this.checkpoints = new CheckpointRegistry(this.store);
    this.files = new CheckpointFiles(files, outside::inBackground);
    this.state = state;
    this.outside = outside;
  }

  /**
   * Begins with what is written down.
   *
   * @param defaultScheduler where nobody has chosen one
   * @throws CoordinationException.Unavailable if the store does not answer; nothing has happened
   */
  public void begin(String defaultScheduler, Instant now) {
    List<MasterState.StoredApplication> stored = registry.load();
    String scheduler = registry.scheduler().orElse(defaultScheduler);
    LOG.info("Epoch {} begins with {} applications", epoch.value(), stored.size());
    carryOut(state.onElected(stored, scheduler, now));
  }

  /** Takes events and decides. */
  public MasterState state() {
    return state;
  }

  /** The store, under the epoch of the reign. */
  MetadataStore store() {
    return store;
  }

  /** Which checkpoints stand. */
  CheckpointRegistry checkpoints() {
    return checkpoints;
  }

  /** Carries out what was decided, in order; stops where the store is out of reach. */
  public void carryOut(List<Effect> effects) {
    pending.addAll(effects);
    goOn();
  }

  /** Carries out what still waits. */
  public void goOn() {
    while (!over && !suspended && !pending.isEmpty()) {
      try {
        carryOut(pending.peek());
      } catch (CoordinationException.Fenced e) {
        end();
        outside.deposed(e.getMessage());
        return;
      } catch (CoordinationException.Unavailable e) {
        LOG.warn("Waiting for the store: {}", e.getMessage());
        outside.waitForStore();
        return;
      }
      pending.poll();
    }
  }

  /** The store is out of reach: nothing more happens until {@link #resume}. */
  public void suspend() {
    suspended = true;
  }

  /** The store is back, and the reign still stands. */
  public void resume() {
    suspended = false;
    goOn();
  }

  /** Nothing more happens. */
  public void end() {
    over = true;
    pending.clear();
  }

  /** What can never be written ends its application, not the reign. */
  private void save(Effect.SaveApplication effect) {
    try {
      registry.save(effect.spec(), effect.status());
    } catch (IllegalArgumentException e) {
      LOG.error("Application {} can't be written down", effect.spec().id(), e);
      pending.addAll(state.onUnwritable(effect.spec().id(), e.getMessage()));
    }
  }

  private void carryOut(Effect effect) {
    if (effect instanceof Effect.SaveApplication e) {
      save(e);
    } else if (effect instanceof Effect.ForgetApplication e) {
      registry.forget(e.applicationId());
    } else if (effect instanceof Effect.RemoveSavepoint e) {
      checkpoints
          .deleteSavepoint(e.applicationId(), e.number())
          .ifPresent(name -> files.delete(e.applicationId(), name));
    } else if (effect instanceof Effect.RemoveCheckpoints e) {
      files.deleteAllBut(
          e.applicationId(), checkpoints.deleteCheckpoints(e.applicationId(), e.needed()));
    } else if (effect instanceof Effect.SaveScheduler e) {
      registry.saveScheduler(e.name());
    } else if (effect instanceof Effect.TellWorker e) {
      outside.tell(e.address(), e.message());
    } else if (effect instanceof Effect.TellAppMaster e) {
      outside.tell(e.address(), e.message());
    } else if (effect instanceof Effect.Reply e) {
      outside.reply(e.token(), e.message());
    } else if (effect instanceof Effect.Schedule e) {
      outside.schedule(e);
    } else if (effect instanceof Effect.Note e) {
      if (e.warning()) {
        LOG.warn(e.text());
      } else {
        LOG.info(e.text());
      }
    }
  }
}
