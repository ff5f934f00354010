package io.geartrain.console.rest.internal.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.geartrain.console.rest.internal.FakeNode;
import io.geartrain.console.rest.internal.FakeSecurity;
import io.geartrain.console.rest.internal.Route;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class OpenApiTest {
  private static final Pattern LINE =
      Pattern.compile("^  (/\\S*):$|^    (get|put|post|delete|patch):$");

  @Test
  void shouldDescribeExactlyTheRoutes() throws IOException {
    Set<String> served = new TreeSet<>();
    for (Route route :
        Routes.table(new FakeNode(), new FakeSecurity(), new NodeInfo("", "", "")).routes()) {
      served.add(route.method() + " " + route.template());
    }
    served.add("GET /events");

    assertThat(described()).isEqualTo(served);
  }

  /** Paths stand at two spaces and methods at four, by convention of the file. */
  private static Set<String> described() throws IOException {
    Set<String> described = new TreeSet<>();
    String path = null;
    try (InputStream in = OpenApiTest.class.getResourceAsStream("/openapi/openapi.yaml")) {
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
        Matcher matcher = LINE.matcher(line);
        if (matcher.matches()) {
          if (matcher.group(1) != null) {
            path = matcher.group(1);
          } else {
            described.add(matcher.group(2).toUpperCase() + " " + path);
          }
        }
      }
    }
    return described;
  }
}
