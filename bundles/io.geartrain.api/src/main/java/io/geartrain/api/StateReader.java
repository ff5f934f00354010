package io.geartrain.api;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The state of a step out of a checkpoint. The step may have had more or fewer tasks then: what
 * each task had put under a name is one element of a list, and each element is given to exactly one
 * task now.
 */
@ProviderType
public interface StateReader {
  /** What was put under a name, and falls to this task; empty if nothing. */
  List<Object> get(String name);
}
