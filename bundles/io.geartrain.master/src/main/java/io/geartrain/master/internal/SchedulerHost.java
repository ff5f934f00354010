package io.geartrain.master.internal;

import io.geartrain.plan.ErrorText;
import io.geartrain.protocol.Placement;
import io.geartrain.protocol.SchedulerView;
import io.geartrain.spi.ClusterSnapshot;
import io.geartrain.spi.Decision;
import io.geartrain.spi.ResourceRequest;
import io.geartrain.spi.ResourceScheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the schedulers and trusts none: each runs on a thread of its own, has limited time, and its
 * answer is checked. Where one is no good the next of this list decides: the one asked for, the
 * cluster's default, the shipped default, and at last a first fit built in here. Thread-safe.
 */
public final class SchedulerHost implements Schedulers, AutoCloseable {
  /** Name of the scheduler that a node ships with. */
  static final String SHIPPED_DEFAULT = "spread";

  /** Name under which the built-in scheduler signs its decisions. */
  static final String BUILT_IN = "built-in";

  private static final Logger LOG = LoggerFactory.getLogger(SchedulerHost.class);

  private final Duration limit;
  private final SortedMap<String, List<Entry>> entries = new TreeMap<>();
  private final Set<Runnable> listeners = new LinkedHashSet<>();
  private final ExecutorService coordinator =
      Executors.newSingleThreadExecutor(task -> daemon(task, "gear-scheduler-host"));
  private final ExecutorService plugins;

  /**
   * A host without schedulers.
   *
   * @param limit how long a scheduler may take
   */
  SchedulerHost(Duration limit) {
    this(limit, task -> daemon(task, "gear-scheduler"));
  }

  /** One whose schedulers run on these threads. */
  SchedulerHost(Duration limit, ThreadFactory threads) {
    this.limit = limit;
    this.plugins = Executors.newCachedThreadPool(threads);
  }

  /** A scheduler has come; it replaces an older one of its name at once. */
  void add(String name, ResourceScheduler scheduler, String bundle, String version, long order) {
    synchronized (entries) {
      List<Entry> same = entries.computeIfAbsent(name, key -> new ArrayList<>());
      same.add(new Entry(name, scheduler, bundle, version, order));
      same.sort((a, b) -> Long.compare(b.order, a.order));
    }
    LOG.info("Scheduler {} of {} {} is there", name, bundle, version);
    tellListeners();
  }

  /** A scheduler has gone. */
  void remove(ResourceScheduler scheduler) {
    synchronized (entries) {
      entries.values().forEach(same -> same.removeIf(entry -> entry.scheduler == scheduler));
      entries.values().removeIf(List::isEmpty);
    }
    tellListeners();
  }

  /** Hears, on any thread, that schedulers have come or gone. */
  void addListener(Runnable listener) {
    synchronized (listeners) {
      listeners.add(listener);
    }
  }

  void removeListener(Runnable listener) {
    synchronized (listeners) {
      listeners.remove(listener);
    }
  }

  private void tellListeners() {
    List<Runnable> told;
    synchronized (listeners) {
      told = List.copyOf(listeners);
    }
    told.forEach(Runnable::run);
  }

  @Override
  public SortedSet<String> names() {
    synchronized (entries) {
      return new TreeSet<>(entries.keySet());
    }
  }

  @Override
  public List<SchedulerView> views() {
    synchronized (entries) {
      return entries.values().stream().map(same -> same.get(0).view()).toList();
    }
  }

  /**
   * Decides on requests; never fails.
   *
   * @param asked name of the scheduler to ask
   * @param clusterDefault name of the scheduler that stands in for it
   * @return one decision for each request, in their order, that fit the cluster as given
   */
  CompletionStage<List<Signed>> schedule(
      String asked,
      String clusterDefault,
      ClusterSnapshot cluster,
      List<ResourceRequest> requests) {
    try {
      return CompletableFuture.supplyAsync(
              () -> decide(asked, clusterDefault, cluster, requests), coordinator)
          .exceptionally(e -> standIn(cluster, requests, e));
    } catch (RejectedExecutionException | OutOfMemoryError e) {
      return CompletableFuture.completedFuture(standIn(cluster, requests, e));
    }
  }

  private static List<Signed> standIn(
      ClusterSnapshot cluster, List<ResourceRequest> requests, Throwable why) {
    LOG.error("The schedulers can't be asked", why);
    StringBuilder excuse = new StringBuilder("the schedulers can't be asked: ");
    excuse.append(ErrorText.of(why)).append("; ");
    return sign(new FirstFit().schedule(cluster, requests), BUILT_IN, excuse);
  }

  private List<Signed> decide(
      String asked,
      String clusterDefault,
      ClusterSnapshot cluster,
      List<ResourceRequest> requests) {
    StringBuilder excuses = new StringBuilder();
    for (String name : new LinkedHashSet<>(List.of(asked, clusterDefault, SHIPPED_DEFAULT))) {
      Entry entry = newest(name);
      String problem;
      if (entry == null) {
        problem = "is not there";
      } else {
        try {
          List<Decision> decisions =
              ScheduleCheck.inOrder(call(entry, cluster, requests), cluster, requests);
          entry.lastError = null;
          return sign(decisions, name, excuses);
        } catch (BadAnswer e) {
          problem = e.getMessage();
          entry.lastError = problem;
        } catch (Throwable e) { // no memory, or none for one more thread
          problem = "can't be asked: " + ErrorText.of(e);
          entry.lastError = problem;
        }
      }
      LOG.warn("Scheduler {} {}; another stands in", name, problem);
      excuses.append(name).append(' ').append(problem).append("; ");
    }
    return sign(new FirstFit().schedule(cluster, requests), BUILT_IN, excuses);
  }

  private static List<Signed> sign(List<Decision> decisions, String name, StringBuilder excuses) {
    String prefix = excuses.isEmpty() ? "" : excuses + name + " stands in: ";
    return decisions.stream()
        .map(decision -> new Signed(decision, name, prefix + decision.reason()))
        .toList();
  }

  private Entry newest(String name) {
    synchronized (entries) {
      List<Entry> same = entries.get(name);
      return same == null ? null : same.get(0);
    }
  }

  private List<Decision> call(Entry entry, ClusterSnapshot cluster, List<ResourceRequest> requests)
      throws BadAnswer {
    if (!entry.busy.compareAndSet(false, true)) {
      throw new BadAnswer("still hangs in an earlier call");
    }
    Future<Answer> answer;
    try {
      answer = plugins.submit(() -> ask(entry, cluster, requests));
    } catch (Throwable e) {
      entry.busy.set(false);
      throw e;
    }
    try {
      Answer given = answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
      if (given.thrown() != null) {
        LOG.warn("Scheduler {} threw {}", entry.name, given.trace());
        throw new BadAnswer("threw " + given.thrown());
      }
      return given.decisions();
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw new BadAnswer("did not answer within " + limit.toMillis() + " ms");
    } catch (ExecutionException e) {
      throw new BadAnswer("threw " + ErrorText.of(e.getCause()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BadAnswer("was interrupted");
    }
  }

  /** On a thread of its own; what it throws is put into words there, for that is its code too. */
  private static Answer ask(Entry entry, ClusterSnapshot cluster, List<ResourceRequest> requests) {
    Thread thread = Thread.currentThread();
    try {
      thread.setContextClassLoader(entry.scheduler.getClass().getClassLoader());
      List<Decision> decisions = entry.scheduler.schedule(cluster, requests);
      return new Answer(decisions == null ? null : new ArrayList<>(decisions), null, null);
    } catch (Throwable e) { // whatever a plug-in throws, linkage errors too
      return new Answer(null, ErrorText.of(e), ErrorText.trace(e));
    } finally {
      thread.setContextClassLoader(null);
      entry.busy.set(false);
    }
  }

  @Override
  public void close() {
    coordinator.shutdownNow();
    plugins.shutdownNow();
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  /**
   * A decision, who made it, and its reason, which tells too why somebody else stood in.
   *
   * @param scheduler name of who decided
   */
  public record Signed(Decision decision, String scheduler, String reason) {
    public Signed {
      Objects.requireNonNull(decision, "decision");
    }

    Placement.Kind kind() {
      if (decision instanceof Decision.Assign) {
        return Placement.Kind.ASSIGN;
      }
      return decision instanceof Decision.Wait ? Placement.Kind.WAIT : Placement.Kind.REJECT;
    }
  }

  /** A scheduler's answer is no good; the message goes on after its name. */
  static final class BadAnswer extends Exception {
    private static final long serialVersionUID = 1L;

    BadAnswer(String message) {
      super(message);
    }
  }

  private record Answer(List<Decision> decisions, String thrown, String trace) {}

  private static final class Entry {
    final String name;
    final ResourceScheduler scheduler;
    final String bundle;
    final String version;
    final long order;
    final AtomicBoolean busy = new AtomicBoolean();
    volatile String lastError;

    Entry(String name, ResourceScheduler scheduler, String bundle, String version, long order) {
      this.name = name;
      this.scheduler = scheduler;
      this.bundle = bundle;
      this.version = version;
      this.order = order;
    }

    SchedulerView view() {
      String error = lastError;
      return new SchedulerView(name, bundle, version, error == null ? "ACTIVE" : "FAILED", error);
    }
  }
}
