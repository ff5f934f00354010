package io.geartrain.security.internal;

import io.geartrain.security.RequestGuard;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Wires the guard to its configuration and to the address that HTTP is bound to. Thread-safe. */
@Component(name = "io.geartrain.security.guard", service = RequestGuard.class)
@Designate(ocd = GuardComponent.Config.class)
public final class GuardComponent implements RequestGuard {
  private static final Set<String> WILDCARDS = Set.of("0.0.0.0", "::", "[::]", "");

  /** Under which names the node may be addressed. */
  @ObjectClassDefinition(name = "Geartrain request guard")
  public @interface Config {
    /** Names. */
    @AttributeDefinition(
        description =
            "Host names beside localhost and the node's own address: 'name', or 'name:port' where"
                + " something in between maps the port")
    String[] allowedHosts() default {};
  }

  private final RequestGuard delegate;

  /** Collects the names. */
  @Activate
  public GuardComponent(BundleContext context, Config config) {
    List<String> hosts = new ArrayList<>();
    for (String listed : config.allowedHosts()) {
      // a .cfg file gives one text with commas
      Stream.of(listed.split(",")).map(String::strip).forEach(hosts::add);
    }
    String bound = context.getProperty("gear.http.host");
    if (bound != null && !WILDCARDS.contains(bound.strip())) {
      hosts.add(bound.strip());
    }
    hosts.removeIf(String::isBlank);
    delegate = new HostAndOriginGuard(hosts);
  }

  @Override
  public Optional<Refusal> check(RequestOrigin request) {
    return delegate.check(request);
  }
}
