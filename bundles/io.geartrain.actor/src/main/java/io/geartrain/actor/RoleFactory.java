package io.geartrain.actor;

import akka.actor.Props;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Makes the actor of a role; registered as a service by the role's bundle with the property {@link
 * #ROLE}. So no role imports another.
 */
@ConsumerType
@FunctionalInterface
public interface RoleFactory {
  /** Service property: name of the role, {@code master}, {@code worker}, {@code appmaster}, … */
  String ROLE = "gear.role";

  /**
   * Service property: true if the node itself starts the role, once, as long as its configuration
   * names it; such a role is started again a second after it has failed.
   */
  String AUTOSTART = "gear.role.autostart";

  /** How to make the actor; called once for each start of the role. */
  Props props(RoleContext context);
}
