package io.geartrain.deploy.internal;

import io.geartrain.deploy.BundleInspector;
import io.geartrain.deploy.DesiredBundle;
import io.geartrain.deploy.NodeBundle;
import io.geartrain.spi.ApplicationBundles;
import io.geartrain.spi.BundleDescription;
import io.geartrain.spi.BundleProblem;
import io.geartrain.spi.BundleStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the framework of this node to what is desired, and keeps revisions that are pinned. No
 * bundle's failure keeps the others from being handled. Any thread; its lock guards the revisions.
 */
final class BundleAgent implements ApplicationBundles {
  private static final Logger LOG = LoggerFactory.getLogger(BundleAgent.class);

  private final String nodeId;
  private final BundleStore store;
  private final BundleSpace space;
  private final Runnable whenReleased;
  private final Map<String, Managed> managed = new HashMap<>();

  /**
   * An agent that adopts what is installed already.
   *
   * @param whenReleased called when a pin was closed, so that {@link #converge} may clear up
   */
  BundleAgent(String nodeId, BundleStore store, BundleSpace space, Runnable whenReleased) {
    this.nodeId = nodeId;
    this.store = store;
    this.space = space;
    this.whenReleased = whenReleased;
    for (Revision revision : space.installed()) {
      managed.put(revision.digest(), new Managed(revision.digest(), revision));
    }
  }

  /**
   * Goes as far towards the desired state as is possible now: installs and starts what is new, then
   * stops and uninstalls what is not wanted any more, unless it is pinned.
   *
   * @return what this node has then, sorted by name and version
   */
  synchronized List<NodeBundle> converge(List<DesiredBundle> desired) {
    managed.values().forEach(Managed::forget);
    for (DesiredBundle bundle : desired) {
      if (bundle.selects(nodeId)) {
        managed.computeIfAbsent(bundle.digest(), digest -> new Managed(digest, null)).want(bundle);
      }
    }
    List<Managed> all = sorted();
    all.stream().filter(m -> m.wanted != null).forEach(this::install);
    all.stream().filter(m -> m.wanted != null && m.revision != null).forEach(this::start);
    all.stream().filter(m -> m.wanted == null && !awaitsSuccessor(m)).forEach(this::retire);
    space.rewire(digestsPinned());
    return report();
  }

  /** What this node has, sorted by name and version. */
  synchronized List<NodeBundle> report() {
    return sorted().stream().map(this::describe).toList();
  }

  @Override
  public synchronized Pin pin(String digest, String holder) {
    boolean known = managed.containsKey(digest);
    Managed target = managed.computeIfAbsent(digest, d -> new Managed(d, null));
    try {
      Path jar = store.find(digest).orElseThrow(() -> unknown(digest));
      BundleDescription description = target.describe(jar);
      if (target.revision == null || target.revision.isGone()) {
        target.revision = space.install(digest, jar);
      }
      target.revision.resolve();
      Held pin = new Held(target, description, target.revision.classLoader(), holder);
      target.pins.add(pin);
      return pin;
    } catch (RevisionException e) {
      if (!known) {
        retire(target);
      }
      throw new BundleProblem("bundle-missing-package", target.title() + ": " + e.getMessage(), e);
    } catch (IOException e) {
      throw new BundleProblem(
          "unknown-bundle", "bundle " + digest + " can't be read: " + e.getMessage(), e);
    } finally {
      if (target.revision == null && target.wanted == null) {
        managed.remove(digest);
      }
    }
  }

  private static BundleProblem unknown(String digest) {
    return new BundleProblem(
        "unknown-bundle",
        "the bytes of bundle " + digest + " are not on this node; deploy the bundle again");
  }

  private synchronized void release(Held pin) {
    if (pin.target.pins.remove(pin)) {
      whenReleased.run();
    }
  }

  private void install(Managed target) {
    if (target.revision != null && target.revision.isGone()) {
      target.revision = null;
      target.incurable = false;
    }
    if (target.incurable || target.revision != null && target.description != null) {
      return;
    }
    Optional<Path> jar = store.find(target.digest);
    if (jar.isEmpty()) {
      target.error = null;
      return;
    }
    if (space.isPlatform(target.wanted.name())) {
      target.fail(
          target.wanted.name() + " is the name of a bundle of the platform; give yours another",
          false);
      return;
    }
    try {
      target.describe(jar.get());
      if (target.revision == null) {
        target.revision = space.install(target.digest, jar.get());
      }
      target.error = null;
    } catch (RevisionException e) {
      target.fail(e.getMessage(), e.isCurable());
    } catch (BundleProblem | IOException e) {
      target.fail(e.getMessage(), false);
    }
  }

  private void start(Managed target) {
    if (target.revision.isStarted() || target.incurable) {
      return;
    }
    boolean wasResolved = target.revision.isFragment() && target.revision.isResolved();
    try {
      if (target.revision.isFragment()) {
        target.revision.resolve();
      } else {
        target.revision.start();
      }
      target.error = null;
      if (!wasResolved) {
        LOG.info("{} is deployed ({})", target.title(), target.wanted.origin());
      }
    } catch (RevisionException e) {
      target.fail(e.getMessage(), e.isCurable());
    }
  }

  /** A revision stays up as long as the one that replaces it is not. */
  private boolean awaitsSuccessor(Managed old) {
    return old.revision != null
        && old.revision.isStarted()
        && managed.values().stream()
            .anyMatch(next -> next.wanted != null && next.isNamed(old.name()) && !next.isUp());
  }

  private void retire(Managed target) {
    try {
      if (target.revision != null && target.revision.isStarted()) {
        target.revision.stop();
      }
      if (target.pins.isEmpty()) {
        if (target.revision != null) {
          target.revision.uninstall();
          LOG.info("{} is removed", target.title());
        }
        managed.remove(target.digest);
      }
    } catch (RevisionException e) {
      target.fail(e.getMessage(), true);
    }
  }

  private Set<String> digestsPinned() {
    Set<String> digests = new HashSet<>();
    managed.values().stream().filter(m -> !m.pins.isEmpty()).forEach(m -> digests.add(m.digest));
    return digests;
  }

  private List<Managed> sorted() {
    List<Managed> all = new ArrayList<>(managed.values());
    all.sort(
        Comparator.comparing(Managed::name)
            .thenComparing(Managed::version)
            .thenComparing(m -> m.digest));
    return all;
  }

  private NodeBundle describe(Managed target) {
    boolean hasRevision = target.revision != null && !target.revision.isGone();
    return new NodeBundle(
        target.name(),
        target.version(),
        target.digest,
        state(target),
        error(target),
        target.origin,
        target.description == null
            ? List.of()
            : target.description.applications().stream()
                .map(BundleDescription.ApplicationEntry::name)
                .toList(),
        hasRevision ? target.revision.schedulers() : List.of(),
        target.pins.stream().map(pin -> pin.holder).distinct().sorted().toList());
  }

  private NodeBundle.State state(Managed target) {
    if (target.error != null) {
      return NodeBundle.State.BROKEN;
    } else if (target.revision == null) {
      return NodeBundle.State.PENDING;
    } else if (target.wanted == null && !awaitsSuccessor(target)) {
      return NodeBundle.State.REMOVING;
    }
    return target.revision.isStarted() ? NodeBundle.State.ACTIVE : NodeBundle.State.RESOLVED;
  }

  private static String error(Managed target) {
    return target.error == null && target.revision == null
        ? "its bytes are not on this node yet"
        : target.error;
  }

  /** A revision with what is known of it. Guarded by the agent's lock. */
  private static final class Managed {
    private final String digest;
    private final List<Held> pins = new ArrayList<>();
    private Revision revision;
    private BundleDescription description;
    private DesiredBundle wanted;
    private String origin;
    private String error;

    /** Whether trying again is of no use. */
    private boolean incurable;

    Managed(String digest, Revision revision) {
      this.digest = digest;
      this.revision = revision;
    }

    void forget() {
      wanted = null;
    }

    /** Where several entries want the same bytes, the one for all nodes is shown. */
    void want(DesiredBundle bundle) {
      if (wanted == null || bundle.selector().equals(DesiredBundle.ALL)) {
        wanted = bundle;
        origin = bundle.origin();
      }
    }

    BundleDescription describe(Path jar) throws IOException {
      if (description == null) {
        description = BundleInspector.inspect(jar, title(), digest);
      }
      return description;
    }

    void fail(String message, boolean curable) {
      if (!message.equals(error)) {
        LOG.warn("{} can't be used: {}", title(), message);
      }
      error = message;
      incurable = !curable;
    }

    boolean isUp() {
      return error == null
          && revision != null
          && (revision.isStarted() || revision.isFragment() && revision.isResolved());
    }

    boolean isNamed(String other) {
      return name().equals(other);
    }

    String name() {
      return wanted != null ? wanted.name() : description != null ? description.name() : digest;
    }

    String version() {
      return wanted != null
          ? wanted.version()
          : description != null ? description.version() : "0.0.0";
    }

    String title() {
      return wanted == null && description == null
          ? "bundle " + digest
          : "bundle " + name() + " " + version();
    }
  }

  /** A pin. */
  private final class Held implements Pin {
    private final Managed target;
    private final BundleDescription description;
    private final ClassLoader classLoader;
    private final String holder;

    Held(Managed target, BundleDescription description, ClassLoader classLoader, String holder) {
      this.target = target;
      this.description = description;
      this.classLoader = classLoader;
      this.holder = holder;
    }

    @Override
    public BundleDescription description() {
      return description;
    }

    @Override
    public ClassLoader classLoader() {
      return classLoader;
    }

    @Override
    public void close() {
      release(this);
    }

    @Override
    public String toString() {
      return target.title() + " held by " + holder;
    }
  }
}
