"""What a BPMN file is refused for, or should be looked at for: code → sentence (rules.bpmn_codes)."""

from __future__ import annotations

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    "bpmn.refused": "Tệp quy trình chưa dùng được. Hãy sửa các lỗi được nêu rồi nộp lại tệp.",
    # the file
    "bpmn.too_large": "Tệp quy trình lớn {bytes} byte, quá {most}. Hãy bỏ hình ảnh, chú thích thừa.",
    "bpmn.too_many_elements": "Quy trình có {flows} đường nối, quá {most}. Hãy tách thành nhiều quy trình.",
    "bpmn.not_xml": "Tệp hỏng ở dòng {line}: {reason}. Hãy lưu lại từ trình vẽ quy trình.",
    "bpmn.document_type": "Tệp có khai báo DOCTYPE, không được phép. "
    "Hãy lưu lại từ trình vẽ quy trình.",
    "bpmn.not_bpmn": "Tệp không phải BPMN 2.0 (phần tử gốc là “{root}”). Hãy nộp tệp .bpmn.",
    "bpmn.no_process": "Tệp không có quy trình nào. Hãy vẽ ít nhất một bước.",
    "bpmn.several_processes": "Tệp có nhiều quy trình ({processes}). Hãy để mỗi quy trình một tệp.",
    # single elements
    "bpmn.no_id": "Có phần tử “{element}” không có mã. Hãy lưu lại từ trình vẽ quy trình.",
    "bpmn.duplicate_id": "Hai phần tử trùng mã. Hãy đặt mã khác cho một trong hai.",
    "bpmn.unknown_element": "Chưa hỗ trợ phần tử “{element}”. Hãy dùng bước, cổng và sự kiện được hỗ trợ.",
    "bpmn.unknown_event": "Chưa hỗ trợ sự kiện “{event}”. Hãy dùng sự kiện hẹn giờ hoặc thông điệp.",
    "bpmn.loop_marker": "Chưa hỗ trợ bước lặp (“{marker}”). Hãy vẽ vòng lặp bằng cổng rẽ nhánh.",
    "bpmn.sub_process": "Chưa dùng được quy trình con này ({reason}). Hãy vẽ thẳng vào quy trình chính.",
    "bpmn.timer_cycle": "Chưa hỗ trợ hẹn giờ lặp lại. Hãy dùng hẹn giờ một lần.",
    "bpmn.bad_duration": "Thời hạn “{duration}” không đọc được. Hãy ghi số nửa ngày làm việc, ví dụ 4.",
    "bpmn.unknown_post": "Không có loại vị trí “{post}”. Hãy chọn một loại vị trí trong danh sách.",
    "bpmn.two_conditions": "Đường nối có cả cách xử lý “{outcome}” và điều kiện “{predicate}”. "
    "Hãy giữ lại một.",
    "bpmn.condition_not_a_name": "Điều kiện “{text}” không phải một tên. Hãy dùng tên điều kiện có sẵn.",
    "bpmn.outcome_not_a_name": "Cách xử lý “{outcome}” không phải một tên. "
    "Hãy dùng chữ không dấu, số và gạch dưới.",
    "bpmn.default_unknown": "Đường mặc định “{flow}” không có trong quy trình. Hãy chọn lại đường mặc định.",
    # how they hang together
    "bpmn.no_start": "Quy trình không có điểm bắt đầu. Hãy thêm một sự kiện bắt đầu.",
    "bpmn.several_starts": "Quy trình có nhiều điểm bắt đầu ({starts}). Hãy giữ lại một.",
    "bpmn.no_end": "Quy trình không có điểm kết thúc. Hãy thêm một sự kiện kết thúc.",
    "bpmn.dangling_flow": "Đường nối hở ở phần tử “{node}”. Hãy nối lại hai đầu.",
    "bpmn.flow_into_start": "Có đường nối vào điểm bắt đầu. Hãy nối vào bước đầu tiên.",
    "bpmn.flow_out_of_end": "Có đường nối ra từ điểm kết thúc. Hãy bỏ đường nối ấy.",
    "bpmn.flow_into_boundary": "Có đường nối vào sự kiện gắn trên bước. Hãy nối vào chính bước ấy.",
    "bpmn.boundary_host": "Sự kiện gắn trên “{host}”, không phải một bước. Hãy gắn vào một bước.",
    "bpmn.unreachable": "Không có đường nào tới bước này. Hãy nối bước vào quy trình hoặc bỏ đi.",
    "bpmn.dead_end": "Từ bước này không tới được điểm kết thúc. Hãy nối tiếp bước này.",
    # who chooses
    "bpmn.split_without_condition": "Nhánh {flows} không có điều kiện. "
    "Hãy ghi cách xử lý hoặc đặt làm mặc định.",
    "bpmn.condition_on_parallel": "Cổng song song không đặt điều kiện được ({flows}). Hãy bỏ điều kiện.",
    "bpmn.condition_on_default": "Đường mặc định không đặt điều kiện được. Hãy bỏ điều kiện.",
    "bpmn.duplicate_outcome": "Cách xử lý “{outcome}” dẫn tới hai nhánh. Hãy đổi tên một nhánh.",
    "bpmn.predicate_without_default": "Nhánh theo điều kiện chưa có đường mặc định. "
    "Hãy đặt một đường mặc định.",
    "bpmn.no_outcome": "Sau bước này không có cách xử lý nào chọn được. Hãy xem lại các nhánh.",
    "bpmn.nobody_chooses": "Không ai chọn nhánh ở đây. Hãy đặt một bước trước cổng rẽ nhánh.",
    "bpmn.outcome_never_offered": "Không bước nào đưa ra cách xử lý “{outcome}”. Hãy xem lại các nhánh.",
    # how it runs
    "bpmn.loop_without_task": "Vòng lặp không đi qua bước nào, sẽ chạy mãi. Hãy đặt một bước trong vòng.",
    "bpmn.can_get_stuck": "Đi qua bước này, quy trình có thể kẹt. Hãy xem lại các cổng gộp nhánh.",
    # worth a look
    "bpmn.no_duration": "Bước này chưa có thời hạn. Nên ghi số nửa ngày làm việc.",
    "bpmn.no_unit": "Bước này chưa nêu đơn vị. Nên ghi đơn vị thực hiện.",
    "bpmn.no_post": "Bước này chưa nêu vị trí. Nên ghi loại vị trí thực hiện.",
    "bpmn.no_time": "Sự kiện hẹn giờ chưa có thời điểm. Nên ghi thời hạn.",
    "bpmn.opens_twice": "Bước này có thể mở hai lần cùng lúc. Nên xem lại các cổng song song.",
}
