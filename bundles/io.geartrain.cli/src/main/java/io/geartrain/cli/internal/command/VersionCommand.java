package io.geartrain.cli.internal.command;

import io.geartrain.cli.internal.error.CliException;
import io.geartrain.cli.internal.error.ExitCode;
import io.geartrain.cli.internal.rest.Model.Version;
import io.geartrain.cli.internal.rest.Reply;
import io.geartrain.cli.internal.rest.RestClient;
import io.geartrain.cli.internal.term.Text;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/** {@code gear version}: versions of this program and, if one answers, of the node. */
@picocli.CommandLine.Command(
    name = "version",
    description = "Show the version of this program, and of the node if one answers.",
    footerHeading = "%nExamples:%n",
    footer = {"  gear version", "  gear version -o json"})
final class VersionCommand extends Command {
  private static final String RESOURCE = "/io/geartrain/cli/internal/version.properties";

  VersionCommand(Session session) {
    super(session);
  }

  @Override
  ExitCode run() {
    Optional<Reply<Version>> node = node();
    if (session().wantsJson()) {
      Map<String, Object> all = new LinkedHashMap<>();
      all.put("version", own());
      all.put("java", java());
      node.ifPresent(reply -> all.put("node", reply.json()));
      output().data(session().json().pretty(all));
      return ExitCode.OK;
    }
    output().data("gear " + own() + " · Java " + java());
    node.map(Reply::value)
        .ifPresent(
            v ->
                output()
                    .data(
                        "node "
                            + v.version()
                            + " · Java "
                            + v.java()
                            + " · up "
                            + Text.age(v.startedAt(), session().now())));
    return ExitCode.OK;
  }

  private Optional<Reply<Version>> node() {
    boolean meant = session().options().url != null;
    try {
      RestClient client = session().connect();
      return Optional.of(client.version());
    } catch (CliException e) {
      if (meant) {
        throw e;
      }
      return Optional.empty();
    }
  }

  private static String java() {
    return Runtime.version().toString();
  }

  private static String own() {
    Properties properties = new Properties();
    try (InputStream in = VersionCommand.class.getResourceAsStream(RESOURCE)) {
      properties.load(in);
    } catch (IOException e) {
      throw new IllegalStateException(RESOURCE + " can't be read", e);
    }
    return properties.getProperty("version");
  }
}
