package dev.mall.gateway.limits;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientAddressTest {

  @Test
  void anIpv6NetworkIsOneClient() {
    assertThat(ClientAddress.keyOf("2001:db8:1:2:3:4:5:6"))
        .isEqualTo(ClientAddress.keyOf("2001:db8:1:2::9%eth0"))
        .isNotEqualTo(ClientAddress.keyOf("2001:db8:1:3::9"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"203.0.113.9", "not an address", "no:address"})
  void otherAddressesAreCountedAsTheyAre(String address) {
    assertThat(ClientAddress.keyOf(address)).isEqualTo(address);
  }

  @Test
  void anIpv4AddressIsTheSameInIpv6() {
    assertThat(ClientAddress.keyOf("::ffff:203.0.113.9")).isEqualTo("203.0.113.9");
  }
}
