package io.geartrain.console.rest.internal.routes;

import io.geartrain.client.ClusterClient;
import io.geartrain.client.ClusterException;
import io.geartrain.console.rest.internal.Body;
import io.geartrain.console.rest.internal.Call;
import io.geartrain.console.rest.internal.Dto;
import io.geartrain.console.rest.internal.Node;
import io.geartrain.console.rest.internal.Problem;
import io.geartrain.console.rest.internal.Reply;
import io.geartrain.console.rest.internal.Route;
import io.geartrain.protocol.MasterToClient.BundleReply;
import io.geartrain.security.Role;
import io.geartrain.spi.BundleStore;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Bundles: an upload goes straight to the store on disk. Stateless. */
final class BundleRoutes {
  private static final Set<String> JARS =
      Set.of("application/java-archive", "application/octet-stream", "application/x-java-archive");
  private static final int MAX_NAME = 200;

  private final Node node;

  BundleRoutes(Node node) {
    this.node = node;
  }

  List<Route> routes() {
    return List.of(
        new Route("GET", "/bundles", Role.VIEWER, this::list),
        new Route("POST", "/bundles", Role.ADMIN, this::upload),
        new Route("DELETE", "/bundles/{name}", Role.ADMIN, this::remove));
  }

  private Reply list(Call call) {
    return Reply.ok(Dto.bundles(node.cluster().bundles()));
  }

  private Reply upload(Call call) throws IOException {
    if (!JARS.contains(call.body().mediaType())) {
      throw new Problem(
          415,
          "bad-request",
          "The body is '" + call.body().mediaType() + "'; a jar is needed.",
          "Send the bytes of the jar as application/java-archive.");
    }
    String fileName = fileName(call.body().fileName());
    ClusterClient cluster = node.cluster();
    BundleStore.Stored stored = store(call.body());
    BundleReply reply = deploy(cluster, stored.digest(), fileName, call.principal().name());
    Dto.Bundle bundle = Dto.bundle(reply.bundle());
    return reply.created()
        ? Reply.created(bundle, "/api/v1/bundles/" + bundle.name())
        : Reply.ok(bundle);
  }

  private BundleStore.Stored store(Body body) throws IOException {
    BundleStore store = node.bundleStore();
    try (InputStream bytes = body.bytes()) {
      return store.put(bytes);
    } catch (Body.Interrupted e) {
      throw Problem.badRequest("The upload ended early; nothing was kept.", "Send it again.");
    } catch (IOException e) {
      if (isDiskFull(e)) {
        throw new Problem(
            507,
            "disk-full",
            "The disk of this node is full; nothing of the upload was kept.",
            "Free space under the node's data folder, then send it again.");
      }
      throw e;
    }
  }

  private BundleReply deploy(
      ClusterClient cluster, String digest, String fileName, String principal) throws IOException {
    try {
      return cluster.deploy(digest, fileName, principal);
    } catch (ClusterException e) {
      if (e.code().startsWith("bundle-") && !isUsed(cluster, digest)) {
        node.bundleStore().remove(digest);
      }
      throw e;
    }
  }

  /** The same bytes may have been deployed before, or be what a running application holds. */
  private static boolean isUsed(ClusterClient cluster, String digest) {
    return cluster.bundles().stream().anyMatch(bundle -> digest.equals(bundle.digest()))
        || cluster.applications().stream()
            .filter(app -> !app.status().state().isTerminal())
            .anyMatch(app -> digest.equals(app.spec().bundle().digest()));
  }

  private static boolean isDiskFull(IOException e) {
    String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    return message.contains("no space left")
        || message.contains("disk quota exceeded")
        || message.contains("not enough space");
  }

  /** The last part of what the client names the file: shown to people, never opened. */
  private static String fileName(String given) {
    if (given == null || given.isBlank()) {
      return "upload.jar";
    }
    String last = given.substring(Math.max(given.lastIndexOf('/'), given.lastIndexOf('\\')) + 1);
    String clean = last.replaceAll("\\p{Cntrl}", "?").strip();
    return clean.length() > MAX_NAME ? clean.substring(0, MAX_NAME) : clean;
  }

  private Reply remove(Call call) {
    node.cluster().undeploy(call.path().get("name"), call.principal().name());
    return Reply.noContent();
  }
}
