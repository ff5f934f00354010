package io.geartrain.itests.apps.nonsense;

import io.geartrain.spi.ClusterSnapshot;
import io.geartrain.spi.Decision;
import io.geartrain.spi.ResourceRequest;
import io.geartrain.spi.ResourceScheduler;
import java.util.List;
import org.osgi.service.component.annotations.Component;

/** A scheduler that names a worker which does not exist. */
@Component(property = ResourceScheduler.NAME + "=nonsense")
public final class NonsenseScheduler implements ResourceScheduler {
  @Override
  public List<Decision> schedule(ClusterSnapshot cluster, List<ResourceRequest> requests) {
    return requests.stream()
        .map(r -> (Decision) new Decision.Assign(r, "w-nowhere", "it sounded nice"))
        .toList();
  }
}
