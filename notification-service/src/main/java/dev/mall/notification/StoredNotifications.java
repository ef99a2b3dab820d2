package dev.mall.notification;

import java.util.List;
import org.springframework.data.domain.Limit;
import org.springframework.data.repository.Repository;

interface StoredNotifications extends Repository<StoredNotification, StoredNotification.Key> {

  List<StoredNotification> findByCustomerIdAndNumberLessThanOrderByNumberDesc(
      String customerId, long before, Limit limit);
}
