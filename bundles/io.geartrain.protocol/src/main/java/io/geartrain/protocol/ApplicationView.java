package io.geartrain.protocol;

import java.util.List;

/**
 * An application as clients see it.
 *
 * @param spec what was submitted
 * @param status what its app master told last
 * @param placement what was decided on each slice; empty before the plan is known
 */
public record ApplicationView(
    ApplicationSpec spec, ApplicationStatus status, List<Placement> placement) {
  /** Copies the list. */
  public ApplicationView {
    placement = List.copyOf(placement);
  }
}
