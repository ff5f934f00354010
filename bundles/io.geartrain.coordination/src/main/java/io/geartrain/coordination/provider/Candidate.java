package io.geartrain.coordination.provider;

import io.geartrain.coordination.CoordinationException;
import io.geartrain.coordination.Epoch;
import io.geartrain.coordination.LeaderElection;
import io.geartrain.coordination.LeaderListener;
import io.geartrain.coordination.MetadataStore;
import io.geartrain.coordination.Registration;
import io.geartrain.coordination.SessionState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One candidate's way through elections. Runs on the election's executor, but for {@link #close};
 * its lock lets one at a time in.
 *
 * <pre>
 * QUEUED    latch acquired, epoch begun        LEADING    onElected
 * LEADING   session suspended                  SUSPENDED  onSuspended
 * SUSPENDED reconnected, epoch stands          LEADING    onResumed
 * LEADING, SUSPENDED  latch or session lost    QUEUED     onDemoted
 * LEADING, SUSPENDED  a later epoch began      QUEUED     onDemoted, with a new latch
 * any       closed, or the listener failed     CLOSED     onDemoted if it led
 * </pre>
 */
final class Candidate {

  private static final Logger log = LoggerFactory.getLogger(Candidate.class);
  private static final int ATTEMPTS = 3;

  private enum State {
    QUEUED,
    LEADING,
    SUSPENDED,
    CLOSED
  }

  private final MetadataStore store;
  private final Supplier<Latch> latches;
  private final Executor executor;
  private final String holder;
  private final LeaderListener listener;
  private final List<Registration> registrations = new ArrayList<>();

  private volatile State state = State.QUEUED;
  private Latch latch;
  private Epoch epoch;

  Candidate(
      MetadataStore store,
      Supplier<Latch> latches,
      Executor executor,
      String holder,
      LeaderListener listener) {
    this.store = store;
    this.latches = latches;
    this.executor = executor;
    this.holder = holder;
    this.listener = listener;
  }

  synchronized void start() {
    registrations.add(store.watchSession(s -> executor.execute(() -> onSession(s))));
    registrations.add(
        store.watch(LeaderElection.EPOCH_PATH, e -> executor.execute(this::onEpochChanged)));
    queue();
  }

  boolean leads() {
    return state == State.LEADING;
  }

  synchronized void close() {
    if (state == State.CLOSED) {
      return;
    }
    boolean led = state != State.QUEUED;
    state = State.CLOSED;
    registrations.forEach(Registration::close);
    if (led) {
      tellDemoted("it withdrew");
    }
    latch.close();
  }

  private void queue() {
    Latch mine = latches.get();
    latch = mine;
    mine.start(
        new Latch.Listener() {
          @Override
          public void onAcquired() {
            Candidate.this.onAcquired(mine);
          }

          @Override
          public void onReleased() {
            Candidate.this.onReleased(mine);
          }
        });
  }

  private void queueAgain() {
    latch.close();
    queue();
  }

  private synchronized void onAcquired(Latch by) {
    if (state != State.QUEUED || by != latch || !by.acquired()) {
      return;
    }
    Optional<Epoch> begun = beginEpoch();
    if (begun.isEmpty()) {
      return;
    }
    epoch = begun.get();
    state = State.LEADING;
    log.info("Elected as leader with epoch {}", epoch.value());
    tell(() -> listener.onElected(epoch));
  }

  private Optional<Epoch> beginEpoch() {
    try {
      return Optional.of(Epoch.advance(store, LeaderElection.EPOCH_PATH, holder));
    } catch (CoordinationException.Unavailable e) {
      log.warn("Elected, but no epoch could begin; queues again", e);
      queueAgain();
    } catch (CoordinationException e) {
      log.error("Elected, but no epoch can begin: this node stands for election no more", e);
      close();
    }
    return Optional.empty();
  }

  private synchronized void onReleased(Latch by) {
    if (by == latch) {
      demote("the latch was lost");
    }
  }

  private synchronized void onSession(SessionState session) {
    switch (session) {
      case SUSPENDED -> suspend();
      case LOST -> demote("the session was lost");
      case CONNECTED, RECONNECTED -> resume();
    }
  }

  private void suspend() {
    if (state == State.LEADING) {
      state = State.SUSPENDED;
      log.warn("The coordination store is out of reach: the leader stops acting");
      tell(listener::onSuspended);
    }
  }

  private void resume() {
    if (state != State.SUSPENDED) {
      return;
    }
    Optional<Epoch> now = currentEpoch();
    if (state != State.SUSPENDED) {
      return;
    }
    if (now.isPresent() && now.get().value() == epoch.value() && latch.acquired()) {
      state = State.LEADING;
      log.info("The coordination store is back: the leader acts again");
      tell(listener::onResumed);
    } else {
      demote("another was elected meanwhile, or nobody can tell");
      queueAgain();
    }
  }

  private synchronized void onEpochChanged() {
    if (state != State.LEADING) {
      return; // when it resumes it looks at the epoch anyway
    }
    Optional<Epoch> now;
    try {
      now = Epoch.current(store, LeaderElection.EPOCH_PATH);
    } catch (CoordinationException e) {
      log.debug("The epoch is unknown until the store is back", e);
      return;
    }
    if (now.isEmpty() || now.get().value() != epoch.value()) {
      demote("epoch " + now.map(e -> "" + e.value()).orElse("gone") + " has begun");
      queueAgain();
    }
  }

  private Optional<Epoch> currentEpoch() {
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      try {
        return Epoch.current(store, LeaderElection.EPOCH_PATH);
      } catch (CoordinationException e) {
        log.warn("The epoch can't be read, attempt {} of {}", attempt, ATTEMPTS, e);
      }
    }
    return Optional.empty();
  }

  private void demote(String reason) {
    if (state == State.LEADING || state == State.SUSPENDED) {
      state = State.QUEUED;
      log.info("Leader no more, epoch {}: {}", epoch.value(), reason);
      tellDemoted(reason);
    }
  }

  private void tell(Runnable call) {
    try {
      call.run();
    } catch (RuntimeException | LinkageError e) {
      log.error("The leader failed: this node stands for election no more", e);
      close();
    }
  }

  private void tellDemoted(String reason) {
    try {
      listener.onDemoted(reason);
    } catch (RuntimeException | LinkageError e) {
      log.error("The leader failed when it stepped down", e);
    }
  }
}
