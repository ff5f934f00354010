package io.geartrain.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.annotation.bundle.Attribute;
import org.osgi.annotation.bundle.Capability;

/**
 * Marks the one {@link StreamApplication} of a bundle. bnd turns it into the manifest's capability
 * {@code gear.application}, by which the platform knows the application before any of its code
 * runs. The class needs a public constructor without parameters.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
@Capability(namespace = StreamApp.NAMESPACE, attribute = "class=${@class}")
public @interface StreamApp {
  /** Namespace of the capability. */
  String NAMESPACE = "gear.application";

  /** The application's name: lower-case letters, digits and hyphens, a letter first. */
  @Attribute("name")
  String name();
}
