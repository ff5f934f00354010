package io.geartrain.deploy.internal.jar;

import io.geartrain.api.StreamApp;
import io.geartrain.spi.BundleDescription;
import io.geartrain.spi.BundleDescription.ApplicationEntry;
import io.geartrain.spi.BundleProblem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.osgi.framework.Version;

/**
 * The part of a jar that can be known without unpacking it. Hostile archives cost no more than a
 * bounded table of contents and a bounded manifest.
 */
public final class JarManifest {
  private static final int MAX_MANIFEST_BYTES = 1 << 20;
  private static final long MAX_CONTENTS_BYTES = 32 << 20;
  private static final int END_BYTES = 22;
  private static final int MAX_COMMENT_BYTES = 0xFFFF;
  private static final int LOCAL_HEADER = 0x04034b50;
  private static final int END_HEADER = 0x06054b50;
  private static final String ADVICE =
      "; build it with bnd-maven-plugin (goal jar), as examples/wordcount/pom.xml shows";

  private final String shownName;
  private final String symbolicName;
  private final String version;
  private final List<ApplicationEntry> applications;

  private JarManifest(
      String shownName, String symbolicName, String version, List<ApplicationEntry> applications) {
    this.shownName = shownName;
    this.symbolicName = symbolicName;
    this.version = version;
    this.applications = applications;
  }

  /**
   * Reads a jar.
   *
   * @throws BundleProblem if it is no bundle
   */
  public static JarManifest read(Path jar, String shownName) throws IOException {
    checkIsZip(jar, shownName);
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      return read(zip, shownName);
    } catch (IOException | IllegalArgumentException e) {
      throw new BundleProblem(
          "bundle-truncated",
          shownName + " is damaged or cut off (" + e.getMessage() + "); build or copy it again",
          e);
    }
  }

  /** As the platform describes it. */
  public BundleDescription describe(String digest) {
    return new BundleDescription(symbolicName, version, digest, applications);
  }

  @Override
  public String toString() {
    return shownName + ": " + symbolicName + " " + version;
  }

  private static void checkIsZip(Path jar, String shownName) throws IOException {
    try (FileChannel file = FileChannel.open(jar, StandardOpenOption.READ)) {
      long size = file.size();
      int first = size < 4 ? 0 : read(file, 0, 4).getInt(0);
      if (first != LOCAL_HEADER && first != END_HEADER) {
        throw new BundleProblem(
            "bundle-not-a-zip", shownName + " is no jar (it has no zip header)" + ADVICE);
      }
      int tailBytes = (int) Math.min(size, END_BYTES + MAX_COMMENT_BYTES);
      ByteBuffer tail = read(file, size - tailBytes, tailBytes);
      int end = tailBytes - END_BYTES;
      while (end >= 0 && tail.getInt(end) != END_HEADER) {
        end--;
      }
      if (end < 0) {
        throw new BundleProblem(
            "bundle-truncated",
            shownName + " is cut off after " + size + " bytes; build, copy or upload it again");
      }
      long contentsBytes = Integer.toUnsignedLong(tail.getInt(end + 12));
      if (contentsBytes > MAX_CONTENTS_BYTES) {
        throw new BundleProblem(
            "bundle-not-a-zip",
            shownName
                + " has a table of contents of "
                + (contentsBytes >> 20)
                + " MB; at most "
                + (MAX_CONTENTS_BYTES >> 20)
                + " MB are read");
      }
    }
  }

  private static ByteBuffer read(FileChannel file, long position, int bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining() && file.read(buffer, position + buffer.position()) >= 0) {
      // until it is full or the file ends
    }
    return buffer.flip().limit(bytes);
  }

  private static JarManifest read(ZipFile zip, String shownName) throws IOException {
    Attributes headers = headers(zip, shownName);
    List<ManifestHeader.Clause> names =
        ManifestHeader.parse(headers.getValue("Bundle-SymbolicName"));
    if (names.isEmpty() || !names.get(0).name().matches("[A-Za-z0-9_.-]+")) {
      throw noBundle(shownName, "its manifest has no Bundle-SymbolicName");
    }
    if (!"2".equals(trimmed(headers, "Bundle-ManifestVersion"))) {
      throw noBundle(shownName, "its manifest lacks 'Bundle-ManifestVersion: 2'");
    }
    List<ApplicationEntry> applications = applications(headers);
    for (ApplicationEntry application : applications) {
      if (!holds(zip, headers, application.className())) {
        throw new BundleProblem(
            "bundle-no-application",
            "%s declares the application %s of class %s, but does not hold that class; build it anew"
                .formatted(shownName, application.name(), application.className()));
      }
    }
    return new JarManifest(
        shownName, names.get(0).name(), version(headers, shownName), applications);
  }

  private static Attributes headers(ZipFile zip, String shownName) throws IOException {
    ZipEntry entry = zip.getEntry("META-INF/MANIFEST.MF");
    if (entry == null) {
      throw noBundle(shownName, "it has no META-INF/MANIFEST.MF");
    }
    byte[] bytes;
    try (InputStream in = zip.getInputStream(entry)) {
      bytes = in.readNBytes(MAX_MANIFEST_BYTES + 1);
    }
    if (bytes.length > MAX_MANIFEST_BYTES) {
      throw noBundle(shownName, "its manifest has more than 1 MB");
    }
    try {
      return new Manifest(new ByteArrayInputStream(bytes)).getMainAttributes();
    } catch (IOException | IllegalArgumentException e) {
      throw noBundle(shownName, "its manifest is malformed (" + e.getMessage() + ")");
    }
  }

  private static String version(Attributes headers, String shownName) {
    String text = trimmed(headers, "Bundle-Version");
    try {
      return Version.parseVersion(text).toString();
    } catch (IllegalArgumentException e) {
      throw noBundle(shownName, "its Bundle-Version '" + text + "' is no version such as 1.2.3");
    }
  }

  private static List<ApplicationEntry> applications(Attributes headers) {
    List<ApplicationEntry> found = new ArrayList<>();
    for (ManifestHeader.Clause clause :
        ManifestHeader.parse(headers.getValue("Provide-Capability"))) {
      String name = clause.parameters().get("name");
      String className = clause.parameters().get("class");
      if (clause.name().equals(StreamApp.NAMESPACE) && name != null && className != null) {
        found.add(new ApplicationEntry(name, className));
      }
    }
    return found;
  }

  /** Whether the class is in the jar; taken on trust where jars within the jar may hold it. */
  private static boolean holds(ZipFile zip, Attributes headers, String className) {
    String file = className.replace('.', '/') + ".class";
    Set<String> places = new HashSet<>();
    ManifestHeader.parse(headers.getValue("Bundle-ClassPath"))
        .forEach(clause -> places.add(clause.name()));
    if (places.isEmpty()) {
      places.add(".");
    }
    return places.stream()
        .anyMatch(
            place ->
                place.endsWith(".jar")
                    || zip.getEntry(place.equals(".") ? file : place + "/" + file) != null);
  }

  private static String trimmed(Attributes headers, String name) {
    String value = headers.getValue(name);
    return value == null ? null : value.trim();
  }

  private static BundleProblem noBundle(String shownName, String why) {
    return new BundleProblem(
        "bundle-no-manifest", shownName + " is no OSGi bundle: " + why + ADVICE);
  }
}
