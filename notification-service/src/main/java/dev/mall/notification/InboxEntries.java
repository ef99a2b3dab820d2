package dev.mall.notification;

import java.util.List;
import org.springframework.data.domain.Limit;
import org.springframework.data.repository.Repository;

interface InboxEntries extends Repository<InboxEntry, InboxEntry.Key> {

  List<InboxEntry> findByCustomerIdAndNumberLessThanOrderByNumberDesc(
      String customerId, long before, Limit limit);
}
