package io.geartrain.cli.internal.command;

import io.geartrain.cli.internal.error.CliException;
import io.geartrain.cli.internal.error.ExitCode;
import io.geartrain.cli.internal.rest.Model.Bundle;
import io.geartrain.cli.internal.rest.Reply;
import io.geartrain.cli.internal.rest.RestClient;
import io.geartrain.cli.internal.term.Output;
import io.geartrain.cli.internal.term.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Sends jars to a node and tells of it. Owned by the thread of the command. */
final class Uploads {
  private final RestClient client;
  private final Output output;

  Uploads(RestClient client, Output output) {
    this.client = client;
    this.output = output;
  }

  /**
   * Uploads a jar.
   *
   * @throws CliException if it can't be read, or the node refuses it
   */
  Reply<Bundle> send(Path jar) {
    long sizeBytes = size(jar);
    output.bar("Uploading", 0, sizeBytes);
    Reply<Bundle> reply =
        client.upload(jar, doneBytes -> output.bar("Uploading", doneBytes, sizeBytes));
    output.wipe();
    output.progress(
        "Uploading  "
            + jar.getFileName()
            + "  "
            + Text.bytes(sizeBytes)
            + (reply.status() == 200 ? "  (the node had it already)" : ""));
    return reply;
  }

  private static long size(Path jar) {
    if (Files.isDirectory(jar)) {
      throw new CliException(
          ExitCode.USAGE, jar + " is a folder", "a bundle is one jar file", "name the jar in it");
    }
    if (!Files.exists(jar)) {
      throw new CliException(
          ExitCode.USAGE,
          "there is no file " + jar,
          "it is not in " + jar.toAbsolutePath().normalize().getParent(),
          "check the path; if it is your own project, build it first: mvn package");
    }
    if (!Files.isReadable(jar)) {
      throw new CliException(
          ExitCode.USAGE, jar + " can't be read", "no permission", "chmod u+r " + jar);
    }
    try {
      return Files.size(jar);
    } catch (IOException e) {
      throw new CliException(ExitCode.FAILED, jar + " can't be read", e.getMessage(), "");
    }
  }
}
