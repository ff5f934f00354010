package io.geartrain.itests.apps.reasons;

import io.geartrain.spi.ClusterSnapshot;
import io.geartrain.spi.Decision;
import io.geartrain.spi.ResourceRequest;
import io.geartrain.spi.ResourceScheduler;
import java.util.List;
import org.osgi.service.component.annotations.Component;

/** Says which revision of its bundle decides. */
@Component(property = ResourceScheduler.NAME + "=reasons")
public final class ReasonsScheduler implements ResourceScheduler {
  @Override
  public List<Decision> schedule(ClusterSnapshot cluster, List<ResourceRequest> requests) {
    String worker = cluster.workers().get(0).id();
    return requests.stream()
        .map(r -> (Decision) new Decision.Assign(r, worker, "revision " + revision()))
        .toList();
  }

  private static String revision() {
    try (var in = ReasonsScheduler.class.getResourceAsStream("/revision.txt")) {
      return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8).trim();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
