package io.geartrain.deploy.internal;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.namespace.BundleNamespace;
import org.osgi.framework.namespace.ExecutionEnvironmentNamespace;
import org.osgi.framework.namespace.HostNamespace;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;

/** Says in words what a bundle needs that no other bundle provides. Any thread. */
final class Lacks {
  private static final Pattern AT_LEAST = Pattern.compile("\\([\\w.-]*version>=([^)]*)\\)");
  private static final Pattern BELOW = Pattern.compile("\\(!\\([\\w.-]*version>=([^)]*)\\)\\)");

  private Lacks() {}

  /** What is missing; empty if the reason lies elsewhere: in a provider that is broken itself. */
  static String describe(Bundle bundle, BundleContext context) {
    BundleRevision revision = bundle.adapt(BundleRevision.class);
    if (revision == null) {
      return "";
    }
    List<BundleRevision> others =
        Arrays.stream(context.getBundles()).map(b -> b.adapt(BundleRevision.class)).toList();
    return revision.getDeclaredRequirements(null).stream()
        .filter(Lacks::isMandatory)
        .filter(need -> others.stream().noneMatch(other -> provides(other, need)))
        .map(Lacks::describe)
        .distinct()
        .collect(Collectors.joining("; "));
  }

  private static boolean isMandatory(BundleRequirement need) {
    String resolution = need.getDirectives().get(Constants.RESOLUTION_DIRECTIVE);
    String effective = need.getDirectives().getOrDefault(Constants.EFFECTIVE_DIRECTIVE, "resolve");
    return !Constants.RESOLUTION_OPTIONAL.equals(resolution)
        && !"dynamic".equals(resolution)
        && effective.equals("resolve");
  }

  private static boolean provides(BundleRevision other, BundleRequirement need) {
    return other != null
        && other.getDeclaredCapabilities(need.getNamespace()).stream().anyMatch(need::matches);
  }

  private static String describe(BundleRequirement need) {
    String namespace = need.getNamespace();
    String filter = need.getDirectives().getOrDefault(Constants.FILTER_DIRECTIVE, "");
    String name = value(filter, namespace);
    return switch (namespace) {
      case PackageNamespace.PACKAGE_NAMESPACE ->
          "needs package %s%s, which no bundle exports: deploy the bundle that exports it, or include it (Bundle-ClassPath or -includepackage in bnd)"
              .formatted(name, range(filter));
      case BundleNamespace.BUNDLE_NAMESPACE ->
          "needs bundle %s%s, which is not there: deploy it".formatted(name, range(filter));
      case HostNamespace.HOST_NAMESPACE ->
          "is a fragment of bundle %s%s, which is not there: deploy that"
              .formatted(name, range(filter));
      case ExecutionEnvironmentNamespace.EXECUTION_ENVIRONMENT_NAMESPACE ->
          "needs another Java than %s: %s".formatted(Runtime.version().feature(), filter);
      default -> "needs " + namespace + " " + filter + ", which no bundle provides";
    };
  }

  private static String value(String filter, String key) {
    Matcher matcher = Pattern.compile("\\(" + Pattern.quote(key) + "=([^)]*)\\)").matcher(filter);
    return matcher.find() ? matcher.group(1) : filter;
  }

  private static String range(String filter) {
    Matcher below = BELOW.matcher(filter);
    String ceiling = below.find() ? below.group(1) : null;
    Matcher atLeast = AT_LEAST.matcher(filter.replace(ceiling == null ? "\0" : below.group(), ""));
    String floor = atLeast.find() ? atLeast.group(1) : null;
    if (floor == null || ceiling == null && floor.equals("0.0.0")) {
      return "";
    }
    return ceiling == null ? " " + floor + " or later" : " [" + floor + "," + ceiling + ")";
  }
}
