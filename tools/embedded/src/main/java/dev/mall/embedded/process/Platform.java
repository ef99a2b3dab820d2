package dev.mall.embedded.process;

import java.util.Locale;

/** Operating system and architecture, by which binaries are chosen. */
enum Platform {
  LINUX_AMD64("postgres-linux-x86_64.txz", "linux-amd64"),
  LINUX_ARM64("postgres-linux-arm_64.txz", "linux-arm64"),
  MACOS_AMD64("postgres-darwin-x86_64.txz", "darwin-amd64"),
  MACOS_ARM64("postgres-darwin-arm_64.txz", "darwin-arm64");

  private static final String REDIS_VERSION = "7.0.15";

  final String postgresArchive;
  final String redisBinary;

  Platform(String postgresArchive, String redisPlatform) {
    this.postgresArchive = postgresArchive;
    this.redisBinary = "redis-server-%s-%s".formatted(REDIS_VERSION, redisPlatform);
  }

  static Platform current() {
    var system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    var processor = System.getProperty("os.arch", "");
    boolean arm = processor.equals("aarch64") || processor.equals("arm64");
    if (system.contains("linux")) {
      return arm ? LINUX_ARM64 : LINUX_AMD64;
    }
    if (system.contains("mac")) {
      return arm ? MACOS_ARM64 : MACOS_AMD64;
    }
    throw new UnsupportedOperationException(
        "no embedded servers for %s on %s; on Windows use WSL".formatted(system, processor));
  }
}
