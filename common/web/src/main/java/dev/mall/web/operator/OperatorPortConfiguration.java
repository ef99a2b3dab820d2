package dev.mall.web.operator;

import dev.mall.web.limits.LimitFilters;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.context.annotation.Import;

/**
 * Guards Actuator where it has a port of its own (MALL_MANAGEMENT_PORT): that port has a context of
 * its own, to which none of the service's filters belong.
 */
@ManagementContextConfiguration(value = ManagementContextType.CHILD, proxyBeanMethods = false)
@Import({LimitFilters.class, OperatorAutoConfiguration.Filters.class})
class OperatorPortConfiguration {}
