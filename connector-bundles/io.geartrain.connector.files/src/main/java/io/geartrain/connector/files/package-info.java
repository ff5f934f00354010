/**
 * Text files as input and output: {@link io.geartrain.connector.files.FileSource} reads the lines
 * of files and folders, {@link io.geartrain.connector.files.FileSink} writes a file that appears as
 * a whole when the input has ended, or parts that appear with each checkpoint.
 */
@Export
@Version("0.1.0")
package io.geartrain.connector.files;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
