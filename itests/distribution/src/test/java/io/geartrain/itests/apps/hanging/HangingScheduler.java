package io.geartrain.itests.apps.hanging;

import io.geartrain.spi.ClusterSnapshot;
import io.geartrain.spi.Decision;
import io.geartrain.spi.ResourceRequest;
import io.geartrain.spi.ResourceScheduler;
import java.util.List;
import org.osgi.service.component.annotations.Component;

/** A scheduler that never answers. */
@Component(property = ResourceScheduler.NAME + "=hanging")
public final class HangingScheduler implements ResourceScheduler {
  @Override
  public List<Decision> schedule(ClusterSnapshot cluster, List<ResourceRequest> requests) {
    try {
      new java.util.concurrent.CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return List.of();
  }
}
