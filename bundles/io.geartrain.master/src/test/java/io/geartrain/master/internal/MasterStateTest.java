package io.geartrain.master.internal;

import static io.geartrain.master.internal.Samples.BUNDLE;
import static io.geartrain.master.internal.Samples.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.geartrain.master.internal.Effect.SaveScheduler;
import io.geartrain.protocol.ClientToMaster.SetScheduler;
import io.geartrain.protocol.ClientToMaster.StopNode;
import io.geartrain.protocol.MasterToClient.ApplicationsReply;
import io.geartrain.protocol.MasterToClient.Done;
import io.geartrain.protocol.MasterToClient.NodesReply;
import io.geartrain.protocol.MasterToClient.SchedulersReply;
import io.geartrain.protocol.MasterToWorker.ShutDownNode;
import io.geartrain.protocol.NodeView;
import io.geartrain.protocol.SchedulerView;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The cluster as the master's state tells it to clients. */
class MasterStateTest extends MasterScenario {
  @Test
  void shouldChangeTheDefaultScheduler() {
    elected();
    happened(state.onSetScheduler(1, new SetScheduler("pack", "ada")));

    assertThat(answer(1)).isEqualTo(new Done());
    assertThat(all(SaveScheduler.class)).containsExactly(new SaveScheduler("pack"));
    assertThat(cluster().scheduler()).isEqualTo("pack");
    happened(state.onListSchedulers(2));
    assertThat(((SchedulersReply) answer(2)).defaultScheduler()).isEqualTo("pack");
    happened(state.onSetScheduler(3, new SetScheduler("best", "ada")));
    assertThat(refused(3).code()).isEqualTo("unknown-scheduler");
  }

  @Test
  void shouldShowADefaultSchedulerThatIsMissing() {
    happened(state.onElected(List.of(), "best", now));
    happened(state.onListSchedulers(1));

    assertThat(((SchedulersReply) answer(1)).schedulers())
        .extracting(SchedulerView::name, SchedulerView::state)
        .containsExactly(
            tuple("best", "FAILED"), tuple("pack", "ACTIVE"), tuple("spread", "ACTIVE"));
  }

  @Test
  void shouldListNodesWithTheirWorkers() {
    elected();
    NodeInfo node =
        new NodeInfo("node-w-1", "akka://geartrain", List.of("master"), "17", 42, START);
    NodeInfo other = new NodeInfo("node-x", "akka://geartrain", List.of("master"), "17", 43, START);
    happened(state.onNodes(List.of(node, other)));
    joined("w-1", 8);
    happened(state.onListNodes(1));

    List<NodeView> nodes = ((NodesReply) answer(1)).nodes();
    assertThat(nodes).extracting(NodeView::leader).containsExactly(true, false);
    assertThat(nodes.get(0).worker().freeSlots()).isEqualTo(8);
    assertThat(nodes.get(1).worker()).isNull();
    assertThat(cluster().nodes()).isEqualTo(2);
  }

  @Test
  void shouldStopANodeThroughItsWorker() {
    elected();
    happened(
        state.onNodes(List.of(new NodeInfo("node-x", "a", List.of("master"), "17", 43, START))));
    joined("w-1", 8);
    happened(state.onStopNode(1, new StopNode("node-w-1", "ada")));
    happened(state.onStopNode(2, new StopNode("node-x", "ada")));
    happened(state.onStopNode(3, new StopNode("node-y", "ada")));

    assertThat(toWorker(ShutDownNode.class)).containsExactly(new ShutDownNode("asked for by ada"));
    assertThat(answer(1)).isEqualTo(new Done());
    assertThat(refused(2).code()).isEqualTo("bad-request");
    assertThat(refused(3).code()).isEqualTo("not-found");
    assertThat(refused(3).hint()).contains("node-x");
  }

  @Test
  void shouldListTheNewestFirst() {
    elected();
    String first = submit();
    now = now.plusSeconds(1);
    String second = submit();
    happened(state.onList(9));

    assertThat(((ApplicationsReply) answer(9)).applications())
        .extracting(view -> view.spec().id())
        .containsExactly(second, first);
    assertThat(state.usedBundles())
        .containsOnlyKeys(BUNDLE.digest())
        .containsValue(List.of(first, second));
  }
}
