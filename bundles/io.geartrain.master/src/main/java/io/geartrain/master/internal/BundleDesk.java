package io.geartrain.master.internal;

import io.geartrain.coordination.MetadataStore;
import io.geartrain.master.internal.Bundles.Deployed;
import io.geartrain.master.internal.Effect.Reply;
import io.geartrain.protocol.BundleView;
import io.geartrain.protocol.ClientToMaster.DeployBundle;
import io.geartrain.protocol.ClientToMaster.UndeployBundle;
import io.geartrain.protocol.MasterToClient;
import io.geartrain.protocol.MasterToClient.BundleReply;
import io.geartrain.protocol.MasterToClient.BundlesReply;
import io.geartrain.protocol.MasterToClient.Done;
import io.geartrain.protocol.MasterToClient.Refused;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deploys, undeploys and lists bundles for clients, during one reign. The answer to a deployment
 * waits a little for the nodes, so that it can tell whether the bundle is usable. On the thread of
 * the master's actor; calls block as disk and store do.
 */
final class BundleDesk {
  private static final Logger LOG = LoggerFactory.getLogger(BundleDesk.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final String PENDING = "PENDING";

  private record Deploying(long token, Deployed deployed, Instant until) {}

  private final Bundles bundles;
  private final MetadataStore fenced;
  private final MasterState state;
  private final Supplier<Set<String>> liveNodes;
  private final List<Deploying> deploying = new ArrayList<>();

  /**
   * Nobody has asked yet.
   *
   * @param fenced the store, under the epoch of the reign
   * @param liveNodes whose reports count
   */
  BundleDesk(
      Bundles bundles, MetadataStore fenced, MasterState state, Supplier<Set<String>> liveNodes) {
    this.bundles = bundles;
    this.fenced = fenced;
    this.state = state;
    this.liveNodes = liveNodes;
  }

  /** Somebody deploys a bundle. */
  List<Effect> deploy(long token, DeployBundle message, Instant now) {
    Deployed deployed = bundles.deploy(fenced, message.digest(), message.fileName());
    LOG.info(
        "Bundle {} {} ({}) is deployed by {}",
        deployed.bundle().name(),
        deployed.bundle().version(),
        message.fileName(),
        message.principal());
    deploying.add(new Deploying(token, deployed, now.plus(PATIENCE)));
    return answerDeployed(now);
  }

  /** Answers those who have deployed a bundle that the nodes have by now, or never will. */
  List<Effect> answerDeployed(Instant now) {
    if (deploying.isEmpty()) {
      return List.of();
    }
    Map<String, BundleView> views = new HashMap<>();
    views().forEach(view -> views.put(view.digest(), view));
    List<Effect> replies = new ArrayList<>();
    for (Deploying each : List.copyOf(deploying)) {
      BundleView view = views.get(each.deployed().bundle().digest());
      boolean late = now.isAfter(each.until());
      if (late || (view != null && !view.state().equals(PENDING))) {
        deploying.remove(each);
        replies.add(new Reply(each.token(), answer(each, view)));
      }
    }
    return replies;
  }

  private static MasterToClient answer(Deploying each, BundleView view) {
    return view == null
        ? new Refused("not-found", "The bundle was removed again meanwhile.", null)
        : new BundleReply(view, each.deployed().created());
  }

  /** Somebody undeploys a bundle. */
  List<Effect> undeploy(long token, UndeployBundle message) {
    bundles.undeploy(fenced, message.name());
    LOG.info("Bundle {} is undeployed by {}", message.name(), message.principal());
    return List.of(new Reply(token, new Done()));
  }

  /** Somebody asks for all bundles. */
  List<Effect> list(long token) {
    return List.of(new Reply(token, new BundlesReply(views())));
  }

  private List<BundleView> views() {
    return bundles.list(liveNodes.get(), state.usedBundles());
  }
}
