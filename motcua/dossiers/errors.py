"""The refusals of the room: code → what the person is told (the fact, then the remedy)."""

from __future__ import annotations

REDRAW = "Hãy báo phòng Kiểm soát TTHC xem lại quy trình của thủ tục."

SENTENCES: dict[str, str] = {
    "rating.not_yet": "Hồ sơ chưa trả kết quả nên chưa đánh giá được. Hãy đánh giá sau khi nhận kết quả.",
    "rating.may_not": "Chỉ chủ hồ sơ, hoặc người giữ phiếu mời đánh giá, mới đánh giá được. "
    "Hãy đăng nhập đúng tài khoản hoặc quét mã trên phiếu.",
    "rating.may_not_judge": "Chỉ người phụ trách bộ phận một cửa đã nhận hồ sơ mới kết luận phản ánh. "
    "Hãy chuyển cho người phụ trách.",
    "rating.no_complaint": "Hồ sơ này không có phản ánh nào cần kết luận. Hãy tải lại trang.",
    "rating.too_long": "Ý kiến dài quá {most} ký tự. Hãy viết ngắn lại.",
    "rating.too_late": "Đã quá {days} ngày kể từ lần đánh giá đầu, không đổi được nữa. "
    "Nếu còn ý kiến, hãy gửi phản ánh, kiến nghị.",
    "rating.link_invalid": "Đường dẫn đánh giá không đúng. Hãy quét lại mã trên phiếu, "
    "hoặc đăng nhập để đánh giá.",
    "rating.link_used": "Đường dẫn này đã dùng để đánh giá. Muốn đổi ý kiến, hãy đăng nhập "
    "hoặc đánh giá lại tại máy ở bộ phận một cửa.",
    "rating.not_matched": "Mã hồ sơ và bốn số cuối không khớp, hoặc hồ sơ chưa trả kết quả ở đây. "
    "Hãy xem lại giấy tiếp nhận; bốn số cuối là của số định danh hoặc số điện thoại.",
    "rules.none_in_force": "Chưa khai báo quy định nào có hiệu lực ngày {on}. "
    "Hãy kiểm tra lại ngày tiếp nhận.",
    "dossier.not_visible": "Không tìm thấy hồ sơ này trong phạm vi của bạn. Hãy kiểm tra lại mã hồ sơ.",
    "dossier.may_not": "Vị trí công tác của bạn không được làm việc này. "
    "Hãy chọn vị trí khác ở đầu trang hoặc chuyển cho người có thẩm quyền.",
    "dossier.not_your_step": "Bước này không thuộc đơn vị hoặc vị trí của bạn.",
    "dossier.not_your_desk": "Bộ phận của bạn không tiếp nhận thủ tục của cơ quan này. "
    "Hãy chọn cơ quan khác hoặc chuyển người nộp tới đúng nơi tiếp nhận.",
    "list.cursor_malformed": "Dấu trang không đúng. Hãy mở lại danh sách từ đầu.",
    "dossier.stale": "Hồ sơ đã thay đổi sau khi bạn mở trang. Hãy xem lại trạng thái mới rồi thực hiện lại.",
    "dossier.filing_door_closed": "Từ ngày {since} cổng này không nhận hồ sơ trực tuyến. "
    "Hãy nộp tại {instead} ({address}).",
    "dossier.rerouted_to_itself": "Hồ sơ đang ở đúng cơ quan và thủ tục này. "
    "Hãy chọn cơ quan hoặc thủ tục khác.",
    "dossier.not_waiting_for_acceptance": "Hồ sơ không ở trạng thái chờ tiếp nhận, nên không tiếp nhận "
    "hay từ chối tiếp nhận được nữa.",
    "dossier.not_under_way": "Hồ sơ không ở trạng thái đang xử lý, nên chưa làm được việc này. "
    "Hãy xem trạng thái hiện tại của hồ sơ.",
    "dossier.mirrored": "Hồ sơ do hệ thống khác giải quyết, ở đây chỉ xem được. "
    "Hãy làm việc này trên hệ thống đang giải quyết hồ sơ.",
    "exchange.record_unreadable": "Bản ghi bị cắt cụt hoặc không đúng cấu trúc. "
    "Hãy báo bên gửi gửi lại bản ghi đầy đủ.",
    "exchange.field_missing": "Bản ghi thiếu trường {name}. Hãy báo bên gửi bổ sung rồi gửi lại.",
    "exchange.field_malformed": "Trường {name} của bản ghi không đúng quy cách. "
    "Hãy báo bên gửi sửa rồi gửi lại.",
    "exchange.field_too_long": "Trường {name} của bản ghi dài quá {most} ký tự. "
    "Hãy báo bên gửi rút ngắn rồi gửi lại.",
    "exchange.moments_disagree": "Các mốc thời gian trong bản ghi trái thứ tự (nộp, tiếp nhận, xong, trả). "
    "Hãy báo bên gửi kiểm tra lại.",
    "exchange.record_older": "Bản ghi của hồ sơ {code} cũ hơn bản đã nhận nên không dùng. Không cần làm gì.",
    "exchange.code_taken": "Mã {code} đã là mã của một hồ sơ ở đây. "
    "Hãy đối chiếu với bên gửi xem có phải cùng một hồ sơ.",
    "exchange.begins_in_the_middle": "Chưa có hồ sơ gốc, mà bản ghi đầu tiên đã ở trạng thái {status}. "
    "Hãy báo bên gửi gửi bản ghi nộp hồ sơ trước, rồi thử lại.",
    "exchange.settled_here": "Hồ sơ {code} đang được giải quyết ở đây; bản ghi trạng thái {status} không kèm "
    "giấy tờ mới. Hãy xem hồ sơ và liên hệ bên gửi nếu cần.",
    "exchange.unit_unknown": "Không có cơ quan mang mã {unit}. Hãy ghi mã này cho cơ quan, rồi thử lại.",
    "exchange.procedure_unknown": "Cơ quan {unit} chưa được giao thủ tục mã {procedure}. "
    "Hãy công bố thủ tục cho cơ quan, rồi thử lại.",
    "exchange.not_stuck": "Bản tin này không còn bị từ chối. Hãy tải lại trang.",
    "exchange.not_held": "Bản ghi này đã được xử lý. Hãy tải lại trang.",
    "dossier.takes_no_files": "Hồ sơ đã kết thúc, không nhận thêm tệp.",
    "dossier.no_such_paper": "Giấy tờ đã chọn không thuộc hồ sơ này. Hãy tải lại trang.",
    "dossier.not_open": "Hồ sơ đã kết thúc, không rút được nữa.",
    "dossier.item_closed": "Bước này đã được xử lý. Hãy tải lại trang để xem bước hiện tại.",
    "dossier.item_taken": "Bước này đã có người nhận xử lý. "
    "Hãy tải lại trang; trưởng phòng có thể giao lại cho người khác.",
    "dossier.step_needs_its_act": "Bước “{step}” phải kết thúc bằng đúng nghiệp vụ của nó "
    "(ghi kết quả hoặc trả kết quả), không chuyển tiếp được.",
    "dossier.not_the_concluding_step": "Bước “{step}” không phải bước ghi kết quả. "
    "Hãy chuyển hồ sơ tới bước có kết quả.",
    "dossier.reason_missing": "Chưa nêu lý do. Hãy ghi rõ lý do để người nộp và người kiểm tra hiểu được.",
    "dossier.nothing_missing_named": "Chưa nêu giấy tờ cần bổ sung. Hãy ghi ít nhất một giấy tờ.",
    "dossier.no_supplement_open": "Hồ sơ không có yêu cầu bổ sung nào đang chờ.",
    "dossier.supplement_empty": "Chưa có giấy tờ bổ sung nào. Hãy gửi ít nhất một giấy tờ đã được yêu cầu.",
    "dossier.amount_not_positive": "Số tiền phải lớn hơn 0 đồng.",
    "dossier.steps_open": "Còn bước chưa xong: {steps}. Hãy hoàn thành các bước này trước khi ghi kết quả.",
    "dossier.opinions_open": "Còn {n} cơ quan chưa trả lời ý kiến. Hãy chờ trả lời hoặc thôi lấy ý kiến.",
    "dossier.children_open": "Còn {n} hồ sơ liên thông chưa xong. Hãy chờ kết quả của cơ quan kia.",
    "fee.no_such_line": "Khoản thu chưa chọn đúng. Hãy chọn một khoản đã công bố, hoặc ghi tên khoản thu.",
    "fee.charged_already": "Khoản “{name}” đã được lập cho hồ sơ này. Hãy tải lại trang.",
    "fee.quantity_wrong": "Số lượng phải từ 1 đến 999.",
    "fee.amount_missing": "Quyết định công bố không nêu một mức cụ thể. Hãy ghi số tiền và căn cứ.",
    "fee.reason_missing": "Số tiền tự ghi phải có căn cứ. Hãy nêu văn bản hoặc lý do.",
    "fee.no_such_relief": "Diện miễn, giảm này không có trong quy định của ngày nhận hồ sơ. Hãy chọn lại.",
    "fee.relief_not_here": "“{title}” không áp dụng cho hình thức nộp của hồ sơ. Hãy chọn lại.",
    "fee.relief_left_out": "Hồ sơ thuộc diện “{title}”. Hãy chọn diện này, hoặc ghi lý do không áp dụng.",
    "payment.method_unknown": "Tại quầy chỉ ghi nhận tiền mặt hoặc chuyển khoản. "
    "Tiền nộp trực tuyến do cổng thanh toán báo về.",
    "payment.unknown_bill": "Không có yêu cầu thanh toán nào mang mã này. Hãy kiểm tra lại mã.",
    "payment.signature_wrong": "Chữ ký của báo tin thanh toán không đúng. "
    "Hãy kiểm tra khóa chung với cổng thanh toán.",
    "payment.unreadable": "Báo tin thanh toán không đọc được. Hãy gửi lại đúng mẫu đã thống nhất.",
    "receipt.not_found": "Không tìm thấy biên lai này trong phạm vi của bạn. Hãy mở lại sổ biên lai.",
    "receipt.not_your_desk": "Bạn không xem được sổ biên lai của bộ phận này. Hãy chọn bộ phận khác.",
    "receipt.voided": "Biên lai này đã hủy. Hãy tải lại trang.",
    "receipt.refunded": "Khoản thu theo biên lai này đã có yêu cầu hoàn trả. Hãy tải lại trang.",
    "receipt.void_too_late": "Chỉ hủy và trả lại tiền mặt trong ngày thu, khi chưa kiểm két, hồ sơ còn mở. "
    "Hãy đổi biên lai khác số, hoặc lập yêu cầu hoàn trả.",
    "refund.not_found": "Không tìm thấy khoản hoàn trả này. Hãy tải lại trang.",
    "refund.not_due": "Khoản này không còn chờ hoàn trả. Hãy tải lại trang.",
    "refund.not_by_service": "Khoản này không nộp qua cổng thanh toán. "
    "Hãy trả bằng tiền mặt hoặc chuyển khoản.",
    "refund.reference_missing": "Chưa ghi số chứng từ chuyển tiền. Hãy ghi số để đối chiếu được.",
    "drawer.not_your_desk": "Bạn không thu tiền ở bộ phận này. Hãy chọn vị trí khác ở đầu trang.",
    "drawer.day_to_come": "Ngày kiểm két chưa tới. Hãy chọn hôm nay hoặc ngày trước.",
    "drawer.amount_wrong": "Số tiền đếm được chưa đúng. Hãy ghi số đồng từ 0 trở lên.",
    "drawer.note_missing": "Tiền đếm được lệch {difference} đồng so với sổ ({expected} đồng). "
    "Hãy ghi rõ vì sao lệch.",
    "vietqr.unreadable": "Mã VietQR không đọc được. Hãy quét lại.",
    "vietqr.check_wrong": "Mã VietQR sai mã kiểm tra. Hãy quét lại hoặc xin mã khác.",
    "vietqr.bank_wrong": "Mã ngân hàng phải có 6 chữ số. Hãy kiểm tra lại.",
    "vietqr.account_wrong": "Số tài khoản phải có từ 1 đến 19 chữ và số. Hãy kiểm tra lại.",
    "vietqr.amount_wrong": "Số tiền của mã VietQR phải lớn hơn 0. Hãy kiểm tra lại.",
    "vietqr.purpose_wrong": "Nội dung chuyển khoản dài quá 25 ký tự hoặc có dấu. Hãy ghi ngắn, không dấu.",
    "dossier.charge_not_open": "Khoản thu này không còn chờ nộp. Hãy tải lại trang.",
    "dossier.charge_open": "Còn khoản thu {amount} đồng chưa nộp. Hãy ghi nhận nộp tiền trước.",
    "dossier.no_due_date_to_extend": "Hồ sơ không có ngày hẹn trả nên không hẹn lại được.",
    "dossier.article_missing": "Chưa nêu căn cứ chuyển. Hãy ghi văn bản hoặc điều luật.",
    "dossier.transferred_to_itself": "Hồ sơ đang do chính cơ quan này giải quyết. Hãy chọn cơ quan khác.",
    "dossier.no_such_agency": "Ngày {on} không có cơ quan giải quyết nào như đã chọn. Hãy chọn cơ quan khác.",
    "move.unknown": "Không tìm thấy phương án chuyển hồ sơ này. Hãy mở lại danh sách phương án.",
    "move.over": "Phương án này đã thực hiện xong, không sửa được nữa.",
    "move.goes_nowhere": "Đơn vị nhận phải khác đơn vị kết thúc hoạt động. Hãy chọn đơn vị khác.",
    "move.receiver_ended": "Ngày {on} {unit} không phải cơ quan giải quyết hồ sơ. "
    "Hãy chọn đơn vị khác.",
    "move.not_whole": "{unit} không chuyển hết cho một đơn vị. Hãy ghi nơi nhận theo từng thủ tục.",
    "move.not_draft": "Phương án của {unit} không còn ở bước lập. Hãy tải lại trang.",
    "move.not_checked": "Phương án của {unit} chưa được kiểm tra. "
    "Hãy để người khác kiểm tra trước khi duyệt.",
    "move.line_missing": "Phương án của {unit} còn {n} hồ sơ chưa có đơn vị nhận. "
    "Hãy ghi nơi nhận cho các thủ tục còn thiếu.",
    "move.own_work": "Người lập phương án của {unit} không tự kiểm tra, tự duyệt. "
    "Hãy chuyển cho người khác.",
    "correction.waiting": "Hồ sơ đang có một đề nghị đính chính chờ xác nhận. "
    "Hãy xác nhận hoặc trả lại đề nghị ấy trước.",
    "correction.nothing_changes": "Chưa có thông tin nào khác với hiện tại. Hãy sửa ít nhất một mục.",
    "correction.fact_missing": "Tên chủ hồ sơ không được để trống.",
    "correction.unknown_fact": "Có mục không thuộc hồ sơ này. Hãy tải lại trang.",
    "correction.not_waiting": "Đề nghị đính chính này không còn chờ xác nhận. Hãy tải lại trang.",
    "correction.changed": "Thông tin đã thay đổi sau khi đề nghị. "
    "Hãy trả lại đề nghị này và lập đề nghị mới.",
    "signal.unknown": "Không có dấu hiệu như đã chọn. Hãy tải lại trang.",
    "signal.finding_missing": "Chưa chọn kết luận: có lý do chính đáng, hay cần làm rõ thêm.",
    "duty.same_person": "{duty} ({source}). Hãy chuyển cho người khác.",
    "dossier.pause_has_its_act": "Chờ bổ sung và chờ nộp tiền có nghiệp vụ riêng. "
    "Hãy dùng “Yêu cầu bổ sung” hoặc “Yêu cầu nộp tiền”.",
    "dossier.extended_by_law_already": "Hồ sơ đã gia hạn “{extension}” rồi, không gia hạn thêm được.",
    "dossier.extended_after_due": "Hạn {judged_at} đã qua, không gia hạn theo quy định được nữa. "
    "Hãy đề nghị xin lỗi và hẹn lại.",
    "dossier.reappointment_proposed_already": "Đã đề nghị hẹn lại tới {until}; "
    "bộ phận một cửa chưa ghi ngày hẹn mới.",
    "dossier.no_reappointment_proposed": "Cơ quan giải quyết chưa đề nghị hẹn lại hồ sơ này. "
    "Hãy chờ văn bản đề nghị kèm lý do.",
    "dossier.extended_already": "Hồ sơ đã hẹn lại một lần; pháp luật chỉ cho hẹn lại một lần "
    "(Nghị định 61/2018/NĐ-CP, Điều 19.9).",
    "dossier.extension_not_later": "Ngày hẹn lại phải sau ngày hẹn cũ và sau thời điểm hiện tại.",
    "dossier.extension_outside_office_hours": "Ngày hẹn lại phải rơi vào giờ làm việc.",
    "dossier.not_accepted_yet": "Hồ sơ chưa được tiếp nhận nên chưa có phiếu kiểm soát.",
    "dossier.not_your_register": "Sổ theo dõi này của bộ phận khác. Hãy chọn bộ phận của ông/bà.",
    "register.too_long": "Khoảng thời gian này có hơn {most} hồ sơ. Hãy in từng khoảng ngắn hơn, "
    "hoặc tải bảng tính.",
    "dossier.not_finished": "Hồ sơ chưa có kết quả.",
    "dossier.result_not_ready": "Hồ sơ chưa có kết quả để trả.",
    "dossier.result_missing": "Chưa ghi tên kết quả. Hãy ghi tên giấy tờ kết quả.",
    "dossier.recipient_missing": "Chưa ghi người nhận kết quả.",
    "dossier.party_name_missing": "Chưa ghi họ tên người nộp hoặc đồng chủ hồ sơ. Hãy ghi như trên giấy tờ.",
    "dossier.authority_missing": "Nộp theo ủy quyền thì phải ghi số và ngày của giấy ủy quyền. "
    "Hãy ghi theo giấy người nộp mang theo.",
    "dossier.authority_in_future": "Ngày của giấy ủy quyền sau ngày hôm nay. Hãy xem lại ngày trên giấy.",
    "dossier.newborn_without_parent": "Trẻ chưa có số định danh thì cha, mẹ hoặc người giám hộ đứng khai. "
    "Hãy ghi người khai ở phần Người nộp.",
    "dossier.sender_missing": "Chưa ghi người gửi bưu phẩm. Hãy ghi như trên bì thư.",
    "dossier.tracking_number_missing": "Chưa ghi số hiệu bưu gửi. Hãy ghi hoặc quét mã trên bì thư.",
    "dossier.same_open": "Người này đang có hồ sơ cùng thủ tục chưa giải quyết xong. "
    "Hãy xem hồ sơ ấy; nếu đúng là hồ sơ khác thì đánh dấu “Vẫn tiếp nhận”.",
    "dossier.nothing_to_reuse": "Giấy tờ dùng lại không phải của người nộp này. Hãy tra lại số giấy tờ.",
    "dossier.book_missing": "Chưa ghi quyển và số thứ tự trong sổ giấy. Hãy ghi như trong sổ.",
    "dossier.book_in_future": "Thời điểm nhận ở sau lúc này. Hãy xem lại ngày giờ ghi trong sổ.",
    "dossier.book_too_old": "Sổ giấy chỉ nhập lại trong {days} ngày. "
    "Hãy báo người quản trị nếu hệ thống gián đoạn lâu hơn.",
    "dossier.book_outside_office": "Thời điểm nhận không nằm trong giờ làm việc của ngày ấy. "
    "Hãy xem lại ngày giờ ghi trong sổ.",
    "dossier.book_entered_already": "Số {number} của quyển sổ này đã nhập rồi. Hãy xem lại số thứ tự.",
    "dossier.parked_too_many": "Đã để tạm {most} hồ sơ. Hãy tiếp nhận hoặc bỏ bớt rồi để tạm tiếp.",
    "dossier.parked_too_long": "Nội dung để tạm quá dài. Hãy rút gọn hoặc tiếp nhận ngay.",
    "dossier.not_at_once": "Thủ tục này có thời hạn giải quyết, không trả kết quả ngay được. "
    "Hãy tiếp nhận và in giấy hẹn trả.",
    "dossier.signer_missing": "Chưa ghi người ký kết quả. Hãy chọn người có thẩm quyền ký.",
    "dossier.signer_prepared_it": "Người lập hồ sơ không ký kết quả của chính mình. "
    "Hãy chọn người ký khác.",
    "dossier.identity_differs": "Số giấy tờ vừa xuất trình không phải của chủ hồ sơ. Hãy xem lại thẻ; "
    "nếu là người khác thì chọn “Người được ủy quyền nhận thay” và ghi giấy ủy quyền.",
    "dossier.identity_missing": "Chưa ghi số giấy tờ của người nhận thay. Hãy gõ số hoặc quét mã trên thẻ.",
    "dossier.identity_is_the_owners": "Số giấy tờ này là của chính chủ hồ sơ. Hãy chọn “Chủ hồ sơ nhận”.",
    "dossier.authorisation_missing": "Chưa ghi giấy ủy quyền. Hãy ghi số (hoặc tên giấy) và ngày của giấy.",
    "dossier.authorised_in_future": "Ngày của giấy ủy quyền ở sau hôm nay. Hãy xem lại trên giấy.",
    "dossier.tracking_missing": "Chưa ghi số hiệu bưu gửi. Hãy ghi số trên phiếu gửi của bưu chính.",
    "dossier.paper_missing": "Còn thiếu giấy tờ bắt buộc: {papers}. "
    "Hãy nhận đủ, hoặc lập phiếu yêu cầu bổ sung.",
    "dossier.procedure_not_in_force": "Thủ tục này không có hiệu lực ngày {on}. "
    "Hãy chọn thủ tục đang có hiệu lực.",
    "dossier.not_offered": "Cơ quan đã chọn không tiếp nhận thủ tục này. Hãy chọn cơ quan khác.",
    "dossier.limit_unknown": "Danh mục chưa đọc được thời hạn của thủ tục này; "
    "hãy để phòng Kiểm soát TTHC cập nhật trước khi tiếp nhận.",
    "dossier.no_such_channel": "Thủ tục này không nhận qua hình thức đã chọn.",
    "opinion.question_missing": "Chưa ghi nội dung cần lấy ý kiến. "
    "Hãy nêu rõ điều cần cơ quan được hỏi trả lời.",
    "opinion.nobody_asked": "Chưa chọn cơ quan nào. Hãy chọn ít nhất một cơ quan cần lấy ý kiến.",
    "opinion.too_many": "Mỗi lần chỉ lấy ý kiến tối đa {most} cơ quan. "
    "Hãy bớt lại, hoặc lấy ý kiến làm hai lần.",
    "opinion.own_agency": "Cơ quan đang giải quyết hồ sơ không tự lấy ý kiến mình. Hãy chọn cơ quan khác.",
    "opinion.asked_already": "Một cơ quan được chọn hai lần, hoặc đang có câu hỏi chưa trả lời. "
    "Hãy bỏ cơ quan ấy khỏi danh sách.",
    "opinion.due_missing": "Chưa ghi hạn trả lời của mỗi cơ quan. "
    "Hãy ghi số ngày làm việc hoặc ngày trả lời.",
    "opinion.due_passed": "Hạn trả lời phải sau thời điểm hiện tại. Hãy ghi ngày muộn hơn.",
    "opinion.due_not_working": "Ngày {on} cơ quan được hỏi không làm việc. Hãy chọn ngày làm việc.",
    "opinion.text_missing": "Chưa ghi ý kiến. Hãy ghi rõ nội dung để cơ quan hỏi hiểu được.",
    "opinion.not_open": "Câu hỏi này đã được trả lời hoặc đã thôi hỏi. Hãy tải lại trang.",
    "draft.too_long": "Dự thảo dài quá {most} chữ. Hãy rút gọn, hoặc soạn bằng Word rồi tải lên.",
    "draft.empty": "Dự thảo chưa có nội dung. Hãy ghi nội dung rồi lưu.",
    "draft.no_template": "Không có mẫu kết quả đã chọn cho thủ tục này. Hãy chọn mẫu khác.",
    "child.own_agency": "Phần việc của chính cơ quan này không lập hồ sơ liên thông. Hãy chọn cơ quan khác.",
    "child.of_a_child": "Hồ sơ này đã là phần việc liên thông của hồ sơ khác nên không tách thêm. "
    "Hãy lấy ý kiến cơ quan khác, hoặc báo cơ quan chủ trì.",
    "child.none": "Hồ sơ này không phải phần việc liên thông của hồ sơ nào.",
    "draft.no_such_version": "Dự thảo không có phiên bản {number}. Hãy chọn một phiên bản trong danh sách.",
    "draft.not_text": "Phiên bản này soạn bằng Word, hãy tải tệp Word hoặc xem bản PDF của nó.",
    "note.empty": "Ghi chú chưa có nội dung. Hãy ghi nội dung rồi lưu.",
    "note.too_long": "Ghi chú dài quá {most} chữ. Hãy rút gọn.",
    "note.not_yours": "Chỉ người ghi mới gạch bỏ được ghi chú của mình. Hãy thêm ghi chú khác.",
    "note.struck_already": "Ghi chú này đã được gạch bỏ. Hãy tải lại trang.",
    "inspection.in_the_future": "Thời điểm kiểm tra phải trước lúc lập biên bản. Hãy xem lại giờ và ngày.",
    "inspection.nobody_there": "Chưa ghi ai tham gia. Hãy ghi ít nhất một người.",
    "inspection.part_missing": "Biên bản còn thiếu phần này. Hãy ghi đủ địa điểm, nội dung và kết luận.",
    "draft.not_editable": "Dự thảo đã trình hoặc đã duyệt nên không sửa được. Hãy chờ lãnh đạo trả lại.",
    "draft.stale": "Dự thảo đã có phiên bản {now}, bạn đang xem phiên bản {seen}. "
    "Hãy mở phiên bản mới, xem lại rồi thực hiện.",
    "draft.unchanged": "Nội dung không khác phiên bản mới nhất nên không lưu thêm.",
    "draft.no_pdf": "Bản Word này chưa chuyển được sang PDF nên chưa trình được. "
    "Hãy soạn bằng văn bản trên trang, hoặc nhờ người quản trị cài LibreOffice rồi tải lên lại.",
    "draft.not_submitted": "Dự thảo không ở trạng thái đã trình. Hãy tải lại trang.",
    "draft.own_work": "Người đã soạn dự thảo không tự duyệt. Hãy để lãnh đạo khác duyệt.",
    "draft.not_approved": "Dự thảo chưa được duyệt nên chưa dùng làm kết quả được. Hãy trình lãnh đạo duyệt.",
    "dossier.key_reused": "Khóa chống gửi trùng đã dùng cho yêu cầu khác. Hãy mở lại trang rồi thực hiện.",
    "dossier.reminded_today": "Hôm nay đã nhắc người nộp rồi. Hãy gọi điện, hoặc nhắc lại ngày khác.",
    "trip.nothing_to_carry": "Chưa chọn hồ sơ nào để giao. Hãy quét hoặc đánh dấu hồ sơ.",
    "trip.to_itself": "Nơi nhận trùng nơi giao. Hãy chọn nơi nhận khác.",
    "trip.carrier_missing": "Chưa ghi người mang hồ sơ. Hãy ghi họ tên.",
    "trip.not_your_unit": "Hồ sơ giấy này giao nhận giữa các đơn vị khác. "
    "Hãy để cán bộ của đơn vị ấy thực hiện.",
    "trip.on_the_way": "Hồ sơ {code} đang trên đường theo danh sách khác. Hãy chờ bên nhận xác nhận.",
    "trip.not_found": "Không tìm thấy danh sách bàn giao này. Hãy mở lại trang bàn giao.",
    "trip.nothing_received": "Chưa xác nhận hồ sơ nào. Hãy quét hoặc đánh dấu hồ sơ đã nhận.",
    "trip.not_on_it": "Có hồ sơ không thuộc danh sách này. Hãy tải lại trang.",
    "trip.received_already": "Có hồ sơ đã được xác nhận trước đó. Hãy tải lại trang.",
    "certification.not_a_certification": "Hồ sơ này không phải yêu cầu chứng thực. "
    "Hãy chọn thủ tục chứng thực.",
    "certification.certify_instead": "Hồ sơ chứng thực phải ký trong trang “Chờ ký chứng thực” để lấy số "
    "vào sổ.",
    "certification.nothing_to_certify": "Chưa ghi giấy tờ cần chứng thực. Hãy ghi ít nhất một giấy tờ.",
    "certification.title_missing": "Chưa ghi tên giấy tờ cần chứng thực. Hãy ghi như trên bản chính.",
    "certification.numbers_wrong": "Số bản chính, số bản sao và số trang phải từ 1 đến {most}. "
    "Hãy xem lại số vừa gõ.",
    "certification.not_a_signer": "Người được chọn không giữ chức vụ ký chứng thực của cơ quan hôm nay. "
    "Hãy chọn người khác.",
    "certification.not_certified": "Giấy tờ này chưa được ký chứng thực nên chưa có trong sổ. "
    "Hãy chờ lãnh đạo ký.",
    "certification.nothing_corrected": "Nội dung không khác trước. Hãy sửa chỗ sai rồi ghi lại.",
    "certification_book.not_found": "Không tìm thấy sổ chứng thực này trong phạm vi của bạn. "
    "Hãy mở lại danh sách sổ.",
    "certification.book_locked": "Sổ chứng thực năm {year} đã khóa: không lấy số, không sửa được nữa. "
    "Hãy ghi vào sổ của năm nay.",
    "certification.month_not_over": "Tháng {month} chưa hết. Hãy in và đóng sổ khi sang tháng sau.",
    "certification.print_is_old": "Sổ đã thay đổi sau khi in. Hãy in lại rồi đóng sổ.",
    "certification.year_not_over": "Năm {year} chưa hết. Hãy khóa sổ khi sang năm sau.",
    "capture.not_visible": "Không tìm thấy ảnh này trong phạm vi của bạn. Hãy tải lại trang.",
    "capture.not_your_tray": "Khay ảnh quét này thuộc bộ phận khác. "
    "Hãy chọn vị trí công tác tại bộ phận đó.",
    "capture.not_waiting": "Ảnh đã chọn đã được bỏ đi hoặc đưa vào hồ sơ khác. Hãy tải lại trang.",
    "capture.nothing_sent": "Chưa có tệp nào. Hãy chụp hoặc chọn ít nhất một ảnh.",
    "capture.not_a_picture": "Tệp “{name}” không phải ảnh hay PDF nên không số hóa được. "
    "Hãy xuất ra PDF rồi gửi.",
    "phone.only_officers": "Chỉ cán bộ đang giữ vị trí công tác ghép được điện thoại. "
    "Hãy chọn vị trí công tác ở đầu trang.",
    "phone.link_gone": "Mã ghép điện thoại đã hết hạn hoặc đã đóng. "
    "Hãy mở mã QR mới trên máy tính rồi quét lại.",
    "phone.too_often": "Điện thoại gửi quá nhiều ảnh trong một phút. Hãy chờ một lát rồi gửi tiếp.",
    "flow.unknown_outcome": "Cách xử lý “{outcome}” không có ở bước này. Hãy chọn một cách trong danh sách.",
    "flow.not_an_earlier_step": "Không trả lại được bước đã chọn. Hãy chọn một bước đã qua.",
    "flow.unknown_node": "Quy trình không có bước đã chọn. Hãy tải lại trang rồi chọn lại.",
    "flow.not_open": "Bước này không còn mở. Hãy tải lại trang để xem bước hiện tại.",
    "flow.not_a_task": "“{node}” không phải bước do người làm. Hãy tải lại trang rồi chọn lại.",
    "flow.not_a_message": "Bước này không chờ thông điệp nào. Hãy tải lại trang.",
    "flow.not_a_timer": "Bước này không hẹn giờ. Hãy tải lại trang.",
    "flow.no_way": "Quy trình không có đường đi tiếp từ bước này. " + REDRAW,
    "flow.stuck": "Quy trình kẹt: các nhánh chờ lẫn nhau. " + REDRAW,
    "flow.endless_loop": "Quy trình chạy vòng mãi. " + REDRAW,
    "flow.predicate_missing": "Quy trình hỏi điều kiện “{predicate}” mà hồ sơ không có. " + REDRAW,
    "numbering.code_malformed": "“{text}” không phải mã hồ sơ. Hãy ghi như trên giấy tiếp nhận, "
    "ví dụ 000.00.06.H41-221122-0001.",
    "dossier.not_an_officer_of_the_step": "Người được chọn hôm nay không giữ vị trí xử lý bước “{step}”. "
    "Hãy chọn người khác trong danh sách.",
    "dossier.item_not_taken": "Bước này chưa có ai nhận. Hãy dùng “Phân công xử lý”.",
    "dossier.item_his_already": "Bước này đang do chính người ấy xử lý. Hãy chọn người khác.",
    "dossier.nothing_to_recall": "Việc sau cùng với hồ sơ không phải ông/bà chuyển bước, nên không rút lại "
    "được. Hãy đề nghị người đang giữ bước trả lại.",
    "dossier.recall_after_taken": "Bước “{step}” đã có người nhận, nên không rút lại được. "
    "Hãy đề nghị người ấy trả lại bước trước.",
    "dossier.recall_after_merge": "Sau bước “{step}” hồ sơ đã nhập với nhánh khác, nên không rút lại được. "
    "Hãy đề nghị người đang giữ bước trả lại.",
    "dossier.reopened_after_hand_over": "Kết quả đã trao cho người nộp, nên không mở lại được. "
    "Kết quả sai thì đính chính hoặc thu hồi theo quy định; việc mới thì lập hồ sơ mới.",
    "dossier.another_step": "Hồ sơ đang ở bước “{now}”, không phải “{step}”. Hãy chuyển riêng hồ sơ này.",
    "bulk.nothing_chosen": "Chưa chọn hồ sơ nào. Hãy đánh dấu các dòng cần làm rồi bấm lại.",
    "bulk.too_many": "Mỗi lần làm được nhiều nhất {most} hồ sơ. Hãy chọn ít hơn.",
    "issue.passed": "Việc này đã có người làm rồi, hoặc văn bản đã sang bước khác. Hãy tải lại trang.",
    "issue.another_signs": "Văn bản ghi tên {name}, nên người đó ký. Nếu phải đổi người ký, hãy dừng phát "
    "hành rồi duyệt lại dự thảo.",
    "issue.agency_changed": "Hồ sơ đã sang cơ quan khác sau khi văn bản này được lập. Hãy dừng phát hành "
    "rồi duyệt lại dự thảo.",
    "issue.under_way": "Kết quả đang được ký số, vào số, đóng dấu. Hãy làm tiếp ở đó, hoặc dừng phát hành "
    "trước khi ghi kết quả cách khác.",
    "issue.no_registry": "Cơ quan chưa có vị trí văn thư để vào số, đóng dấu. Hãy nhờ người quản trị lập "
    "vị trí văn thư, hoặc ghi kết quả không ký số.",
    "issue.not_configured": "Cơ quan chưa dùng ký số. Hãy ghi kết quả ở trang hồ sơ, hoặc nhờ người quản "
    "trị cài chứng thư số.",
    "issue.no_certificate": "Chưa có chứng thư số cho {whose}. Hãy cắm thiết bị ký, hoặc nhờ người quản trị "
    "cài chứng thư.",
    "issue.not_sound": "Bản vừa đóng dấu kiểm tra không đạt, nên chưa phát hành. Hãy bấm đóng dấu lại; nếu "
    "vẫn vậy, hãy báo người quản trị.",
    "issue.training": "Hồ sơ tập huấn không ký bằng chứng thư thật. Hãy ghi kết quả ở trang hồ sơ.",
    "issue.no_number": "Văn bản chưa có số, hoặc đã phát hành. Văn bản đã phát hành thì đề nghị thu hồi.",
    "issue.not_issued": "Văn bản chưa phát hành. Muốn dừng lại thì chọn “Dừng phát hành”.",
    "issue.revoked_already": "Kết quả này đã thu hồi rồi. Hãy tải lại trang.",
    "issue.replaces_itself": "Văn bản thay thế phải là văn bản khác. Hãy ghi số của văn bản mới.",
    "issue.no_such_number": "Cơ quan không có kết quả đang có hiệu lực mang số “{number}”. "
    "Hãy ghi đủ số và ký hiệu, ví dụ 12/QĐ-SXD.",
    "issue.result_revoked": "Kết quả của hồ sơ đã thu hồi, nên chưa trả được. Hãy chờ cơ quan giải quyết "
    "mở lại hồ sơ và ra kết quả mới.",
    "issue.revoke_first": "Kết quả số {number} đã phát hành và đang có hiệu lực. Hãy đề nghị thu hồi, "
    "lãnh đạo thu hồi xong rồi mới mở lại hồ sơ.",
    "revocation.waits_already": "Đã có đề nghị thu hồi kết quả này, đang chờ lãnh đạo. "
    "Hãy xem ở trang kết quả.",
    "revocation.not_waiting": "Đề nghị này đã được quyết định rồi. Hãy tải lại trang.",
    "view.name_missing": "Chưa đặt tên cho bộ lọc. Hãy ghi một tên ngắn.",
    "view.too_many": "Mỗi người lưu được nhiều nhất {most} bộ lọc. Hãy xóa bớt bộ lọc không dùng.",
    "view.not_found": "Không tìm thấy bộ lọc này. Hãy tải lại trang.",
    "view.page_unknown": "Không lưu được bộ lọc của trang này. Hãy mở lại danh sách rồi lưu.",
}
