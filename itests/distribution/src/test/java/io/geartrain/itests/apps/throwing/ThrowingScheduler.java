package io.geartrain.itests.apps.throwing;

import io.geartrain.spi.ClusterSnapshot;
import io.geartrain.spi.Decision;
import io.geartrain.spi.ResourceRequest;
import io.geartrain.spi.ResourceScheduler;
import java.util.List;
import org.osgi.service.component.annotations.Component;

/** A scheduler that throws. */
@Component(property = ResourceScheduler.NAME + "=throwing")
public final class ThrowingScheduler implements ResourceScheduler {
  @Override
  public List<Decision> schedule(ClusterSnapshot cluster, List<ResourceRequest> requests) {
    throw new IllegalStateException("no mood for this");
  }
}
