package dev.mall.chaos.mall;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.embedded.process.Jvm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostsFileTest {

  @Test
  void aDirectoryMayHaveASpaceInItsName(@TempDir Path directory) throws Exception {
    var options = new HostsFile(directory.resolve("a mall").resolve("hosts")).options();

    assertThat(javaWith(options)).contains(directory.resolve("a mall").resolve("hosts").toString());
  }

  private static String javaWith(String options) throws IOException, InterruptedException {
    var java = new ProcessBuilder(Jvm.program(), "-XshowSettings:properties", "-version");
    java.environment().put("JAVA_TOOL_OPTIONS", options);
    var process = java.redirectErrorStream(true).start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }
}
