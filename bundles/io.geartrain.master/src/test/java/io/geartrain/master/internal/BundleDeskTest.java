package io.geartrain.master.internal;

import static io.geartrain.master.internal.Samples.BUNDLE;
import static org.assertj.core.api.Assertions.assertThat;

import io.geartrain.coordination.MetadataStore;
import io.geartrain.coordination.memory.InMemoryEnsemble;
import io.geartrain.master.internal.Effect.Reply;
import io.geartrain.protocol.BundleView;
import io.geartrain.protocol.ClientToMaster.DeployBundle;
import io.geartrain.protocol.MasterToClient.BundleReply;
import io.geartrain.protocol.MasterToClient.BundlesReply;
import io.geartrain.protocol.MasterToClient.Refused;
import io.geartrain.spi.BundleDescription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** When and how those who deploy bundles are answered. */
class BundleDeskTest extends MasterScenario {
  private static final DeployBundle DEPLOY = new DeployBundle(BUNDLE.digest(), "b.jar", "ada");

  private final FakeBundles bundles = new FakeBundles();
  private final BundleDesk desk =
      new BundleDesk(
          bundles, new InMemoryEnsemble().connect(Runnable::run), state, () -> Set.of("node-1"));

  @Test
  void shouldAnswerADeploymentOnceTheNodesHaveTheBundle() {
    bundles.become("PENDING");
    happened(desk.deploy(1, DEPLOY, now));
    happened(desk.answerDeployed(now));
    assertThat(answer(1)).isNull();

    bundles.become("ACTIVE");
    happened(desk.answerDeployed(now));
    happened(desk.answerDeployed(now));

    assertThat(all(Reply.class))
        .containsExactly(new Reply(1, new BundleReply(bundles.views.get(0), true)));
  }

  @Test
  void shouldAnswerADeploymentAsItIsWhenTheNodesTakeLong() {
    bundles.become("PENDING");
    happened(desk.deploy(1, DEPLOY, now));
    now = now.plus(Duration.ofSeconds(6));
    happened(desk.answerDeployed(now));

    assertThat(((BundleReply) answer(1)).bundle().state()).isEqualTo("PENDING");
  }

  @Test
  void shouldTellThatABundleWasRemovedMeanwhile() {
    happened(desk.deploy(1, DEPLOY, now));
    assertThat(answer(1)).isNull();
    now = now.plus(Duration.ofSeconds(6));
    happened(desk.answerDeployed(now));

    assertThat(refused(1))
        .isEqualTo(new Refused("not-found", "The bundle was removed again meanwhile.", null));
  }

  @Test
  void shouldListBundlesWithTheApplicationsThatHoldThem() {
    elected();
    String id = submit();
    happened(desk.list(1));

    assertThat(answer(1)).isEqualTo(new BundlesReply(List.of()));
    assertThat(bundles.nodes).containsExactly("node-1");
    assertThat(bundles.used).isEqualTo(Map.of(BUNDLE.digest(), List.of(id)));
  }

  private static final class FakeBundles implements Bundles {
    final List<BundleView> views = new ArrayList<>();
    Set<String> nodes;
    Map<String, List<String>> used;

    void become(String state) {
      views.clear();
      views.add(
          new BundleView(
              "b",
              "1",
              BUNDLE.digest(),
              "upload",
              state,
              null,
              List.of(),
              List.of(),
              List.of(),
              List.of()));
    }

    @Override
    public BundleDescription find(String nameOrDigest) {
      return BUNDLE;
    }

    @Override
    public Deployed deploy(MetadataStore fenced, String digest, String fileName) {
      return new Deployed(BUNDLE, true);
    }

    @Override
    public void undeploy(MetadataStore fenced, String name) {
      throw new UnsupportedOperationException(name);
    }

    @Override
    public List<BundleView> list(Set<String> liveNodes, Map<String, List<String>> used) {
      this.nodes = liveNodes;
      this.used = used;
      return List.copyOf(views);
    }
  }
}
