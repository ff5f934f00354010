package io.geartrain.console.felix.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.geartrain.client.ClusterClient;
import io.geartrain.client.ClusterException;
import io.geartrain.protocol.BundleView;
import io.geartrain.protocol.ClusterView;
import io.geartrain.protocol.MasterToClient.SchedulersReply;
import io.geartrain.protocol.SchedulerView;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClusterPageTest {
  private static ClusterClient cluster(Map<String, Object> answers) {
    return (ClusterClient)
        Proxy.newProxyInstance(
            ClusterPageTest.class.getClassLoader(),
            new Class<?>[] {ClusterClient.class},
            (proxy, method, arguments) -> {
              Object answer = answers.get(method.getName());
              if (answer instanceof RuntimeException failure) {
                throw failure;
              }
              return answer;
            });
  }

  @Test
  void shouldShowEverythingEscaped() {
    var broken =
        new BundleView(
            "<b>",
            null,
            "ab",
            "upload",
            "BROKEN",
            "needs ${x}",
            List.of(),
            List.of(),
            List.of("wc-1"),
            List.of());
    String html =
        ClusterPage.render(
            cluster(
                Map.of(
                    "cluster",
                    new ClusterView("node-1", 3, 1, 1, 8, 6, Map.of(), "spread"),
                    "nodes",
                    List.of(),
                    "applications",
                    List.of(),
                    "bundles",
                    List.of(broken),
                    "schedulers",
                    new SchedulersReply(
                        "spread",
                        List.of(new SchedulerView("spread", "s", "1", "ACTIVE", null))))));

    assertThat(html)
        .contains("Leader node-1 (epoch 3), 2 of 8 slots in use")
        .contains("<td>&lt;b&gt;</td>", "needs &#36;{x}", "wc-1", "spread (default)", "none");
  }

  @Test
  void shouldTellWhyTheMasterCantBeAsked() {
    var away = new ClusterException("unavailable", "No master <is> reachable.", null);

    assertThat(ClusterPage.render(cluster(Map.of("cluster", away))))
        .contains("No master &lt;is&gt; reachable.");
  }

  @Test
  void shouldEscapeMarkupAndTheConsolesOwnVariables() {
    assertThat(ClusterPage.escape("<script>'\"&${x}"))
        .isEqualTo("&lt;script&gt;&#39;&quot;&amp;&#36;{x}");
  }

  @Test
  void shouldSayThatThereIsNoMasterYet() {
    assertThat(ClusterPage.render(null)).contains("no way to a master");
  }
}
