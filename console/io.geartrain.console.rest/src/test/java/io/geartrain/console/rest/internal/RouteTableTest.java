package io.geartrain.console.rest.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RouteTableTest {
  private final RouteTable table =
      new RouteTable(
          List.of(
              new Route("GET", "/apps", null, call -> null),
              new Route("POST", "/apps", null, call -> null),
              new Route("GET", "/apps/{id}", null, call -> null),
              new Route("POST", "/apps/{id}:cancel", null, call -> null)));

  private String find(String method, String path) {
    return table
        .find(method, Route.split(path))
        .map(m -> m.route().template() + " " + m.variables())
        .orElse("none");
  }

  @Test
  void shouldFindLiteralsVariablesAndVerbs() {
    assertThat(find("GET", "/apps")).isEqualTo("/apps {}");
    assertThat(find("HEAD", "/apps")).isEqualTo("/apps {}");
    assertThat(find("GET", "/apps/a-1")).isEqualTo("/apps/{id} {id=a-1}");
    assertThat(find("POST", "/apps/a-1:cancel")).isEqualTo("/apps/{id}:cancel {id=a-1}");
  }

  @Test
  void shouldNotTakeAVerbForAnId() {
    assertThat(find("GET", "/apps/a-1:cancel")).isEqualTo("none");
    assertThat(find("POST", "/apps/:cancel")).isEqualTo("none");
    assertThat(find("GET", "/apps/")).isEqualTo("none");
    assertThat(find("GET", "/apps/a/b")).isEqualTo("none");
  }

  @Test
  void shouldNameTheMethodsOfAPath() {
    assertThat(table.allowed(Route.split("/apps"))).containsExactly("GET", "HEAD", "POST");
    assertThat(table.allowed(Route.split("/apps/a:cancel"))).containsExactly("POST");
    assertThat(table.allowed(Route.split("/nope"))).isEmpty();
  }
}
