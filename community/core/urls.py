from django.urls import path

from .uploads.urls import urlpatterns as uploads
from .views import dev_mail, operations

urlpatterns: list = [
    *uploads,
    path("sante/", operations.health, name="health"),
    path("robots.txt", operations.robots, name="robots"),
    path("favicon.ico", operations.favicon, name="favicon"),
    path("exploitation/taches/", operations.task_list, name="task_list"),
    path("exploitation/taches/<uuid:task_id>/relancer/", operations.task_requeue, name="task_requeue"),
    path("exploitation/taches/<uuid:task_id>/supprimer/", operations.task_discard, name="task_discard"),
    path("dev/mail/", dev_mail.mail_list, name="dev_mail_list"),
    path("dev/mail/<str:name>/", dev_mail.mail_detail, name="dev_mail_detail"),
    path("dev/mail/<str:name>/html/", dev_mail.mail_html, name="dev_mail_html"),
]
