package io.geartrain.console.felix.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClusterPageTest {
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
