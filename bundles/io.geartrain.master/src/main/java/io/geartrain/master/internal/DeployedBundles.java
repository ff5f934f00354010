package io.geartrain.master.internal;

import io.geartrain.coordination.MetadataStore;
import io.geartrain.deploy.BundleInspector;
import io.geartrain.deploy.DesiredBundle;
import io.geartrain.deploy.DesiredState;
import io.geartrain.deploy.NodeBundle;
import io.geartrain.deploy.NodeReports;
import io.geartrain.protocol.BundleView;
import io.geartrain.protocol.BundleView.OnNode;
import io.geartrain.spi.BundleDescription;
import io.geartrain.spi.BundleProblem;
import io.geartrain.spi.BundleStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Joins what is wanted with what the nodes have. Owned by the thread of the master's actor. */
final class DeployedBundles implements Bundles {
  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

  /** From the best to the worst. */
  private static final List<String> STATES =
      List.of("ACTIVE", "RESOLVED", "REMOVING", "PENDING", "BROKEN");

  private final MetadataStore store;
  private final BundleStore bytes;

  DeployedBundles(MetadataStore store, BundleStore bytes) {
    this.store = store;
    this.bytes = bytes;
  }

  @Override
  public BundleDescription find(String nameOrDigest) {
    if (nameOrDigest != null && DIGEST.matcher(nameOrDigest).matches()) {
      return inspect(nameOrDigest, "bundle " + nameOrDigest.substring(0, 12));
    }
    DesiredBundle wanted =
        new DesiredState(store)
            .find(String.valueOf(nameOrDigest))
            .or(() -> holding(nameOrDigest))
            .orElseThrow(() -> unknown(nameOrDigest));
    return inspect(wanted.digest(), wanted.name());
  }

  /** The bundle that holds an application of this name, if there is exactly one. */
  private Optional<DesiredBundle> holding(String application) {
    List<DesiredBundle> holders =
        new DesiredState(store)
            .all().stream()
                .filter(wanted -> bytes.find(wanted.digest()).isPresent())
                .filter(
                    wanted ->
                        inspect(wanted.digest(), wanted.name()).applications().stream()
                            .anyMatch(found -> found.name().equals(application)))
                .toList();
    return holders.size() == 1 ? Optional.of(holders.get(0)) : Optional.empty();
  }

  private BundleDescription inspect(String digest, String shownName) {
    Path jar =
        bytes
            .find(digest)
            .orElseThrow(
                () ->
                    new BundleProblem(
                        "unknown-bundle",
                        "The bytes of %s (%s) are not on the leading node; deploy it again"
                            .formatted(shownName, digest)));
    try {
      return BundleInspector.inspect(jar, shownName, digest);
    } catch (IOException e) {
      throw new BundleProblem(
          "bundle-truncated", "%s can't be read: %s".formatted(shownName, e.getMessage()), e);
    }
  }

  private BundleProblem unknown(String name) {
    Set<String> names = new TreeSet<>();
    new DesiredState(store).all().forEach(bundle -> names.add(bundle.name()));
    return new BundleProblem(
        "unknown-bundle",
        "There is no bundle '%s'; %s"
            .formatted(
                name,
                names.isEmpty()
                    ? "none is deployed, `gear deploy BUNDLE.jar` does that"
                    : "there are: " + String.join(", ", names)));
  }

  @Override
  public Deployed deploy(MetadataStore fenced, String digest, String fileName) {
    BundleDescription bundle = inspect(digest, fileName == null ? digest : fileName);
    boolean created = new DesiredState(fenced).put(DesiredBundle.uploaded(bundle));
    return new Deployed(bundle, created);
  }

  @Override
  public void undeploy(MetadataStore fenced, String name) {
    if (!new DesiredState(fenced).remove(name)) {
      throw unknown(name);
    }
  }

  @Override
  public List<BundleView> list(Set<String> liveNodes, Map<String, List<String>> used) {
    Map<Key, Joined> joined = new LinkedHashMap<>();
    for (DesiredBundle wanted : new DesiredState(store).all()) {
      Joined entry = joined.computeIfAbsent(Key.of(wanted), Joined::new);
      entry.version = wanted.version();
      entry.origin = wanted.origin();
      liveNodes.stream().filter(wanted::selects).forEach(entry::expect);
    }
    new NodeReports(store)
        .all()
        .forEach(
            (node, bundles) -> {
              if (liveNodes.contains(node)) {
                bundles.forEach(
                    bundle ->
                        joined.computeIfAbsent(Key.of(bundle), Joined::new).add(node, bundle));
              }
            });
    return joined.values().stream()
        .map(entry -> entry.view(used))
        .sorted(
            Comparator.comparing(BundleView::name)
                .thenComparing(view -> view.state().equals("REMOVING"))
                .thenComparing(view -> String.valueOf(view.version())))
        .toList();
  }

  private record Key(String name, String digest) {
    static Key of(DesiredBundle wanted) {
      return new Key(wanted.name(), wanted.digest());
    }

    static Key of(NodeBundle bundle) {
      return new Key(bundle.name(), bundle.digest());
    }
  }

  private static final class Joined {
    final Key key;
    final Map<String, OnNode> nodes = new LinkedHashMap<>();
    final Set<String> applications = new TreeSet<>();
    final Set<String> schedulers = new TreeSet<>();
    final Set<String> pinned = new TreeSet<>();
    String version;
    String origin;

    Joined(Key key) {
      this.key = key;
    }

    void expect(String node) {
      nodes.put(node, new OnNode(node, "PENDING", null));
    }

    void add(String node, NodeBundle bundle) {
      nodes.put(node, new OnNode(node, bundle.state().name(), bundle.error()));
      version = version == null ? bundle.version() : version;
      origin = origin == null ? bundle.origin() : origin;
      applications.addAll(bundle.applications());
      schedulers.addAll(bundle.schedulers());
      pinned.addAll(bundle.pinnedBy());
    }

    BundleView view(Map<String, List<String>> used) {
      Set<String> usedBy = new TreeSet<>(pinned);
      if (key.digest() != null) {
        usedBy.addAll(used.getOrDefault(key.digest(), List.of()));
      }
      return new BundleView(
          key.name(),
          version,
          key.digest(),
          origin,
          nodes.values().stream()
              .map(OnNode::state)
              .max(Comparator.comparingInt(STATES::indexOf))
              .orElse("PENDING"),
          nodes.values().stream()
              .map(OnNode::error)
              .filter(Objects::nonNull)
              .findFirst()
              .orElse(null),
          new ArrayList<>(applications),
          new ArrayList<>(schedulers),
          new ArrayList<>(usedBy),
          new ArrayList<>(nodes.values()));
    }
  }
}
